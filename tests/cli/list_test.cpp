// tcpsm list.

#include <doctest/doctest.h>

#include <filesystem>

#include "cli/process.hpp"
#include "cli/scenarios.hpp"
#include "support/places.hpp"

TEST_CASE("list DIR: name, title and question of each scenario, by name")
{
    const Folder folder;
    static_cast<void>(folder.file("b-wrong.yaml", wrong_expectation));
    static_cast<void>(folder.file("a.yaml", lost_final_ack));
    static_cast<void>(folder.file("notes.txt", "no scenario"));
    const Finished list = command({"list", folder.path()});
    CHECK(list.status == 0);
    CHECK(list.out == "a        The last ACK of the teardown is lost\n"
                      "         Why does the side that closes first wait in TIME-WAIT?\n"
                      "b-wrong  A wrong expectation\n");
}

TEST_CASE("list: examples/scenarios of the current folder, else those that came with the program")
{
    const Folder folder;
    std::filesystem::create_directories(folder.path() + "/examples/scenarios");
    static_cast<void>(folder.file("examples/scenarios/mine.yaml", lost_final_ack));
    CHECK(command({"list"}, {.folder = folder.path()}).out.starts_with("mine  The last ACK"));

    const Folder elsewhere;
    CHECK(command({"list"}, {.folder = elsewhere.path()}).out.find("\nlost-final-ack ") != std::string::npos);
    CHECK(command({"list"}, {.folder = elsewhere.path()}).out ==
          command({"list"}, {.folder = tcpsm::test::in_source()}).out);
}

TEST_CASE("examples/scenarios of another program: is not ours, and those that came with the program are found")
{
    const Folder folder;
    std::filesystem::create_directories(folder.path() + "/examples/scenarios");
    static_cast<void>(folder.file("examples/scenarios/theirs.yaml", "scenario: of another program\n"));
    const Finished list = command({"list"}, {.folder = folder.path()});
    CHECK(list.status == 0);
    CHECK(list.out.find("\nlost-final-ack ") != std::string::npos);
    CHECK(command({"check", "lost-final-ack"}, {.folder = folder.path()}).status == 0);

    static_cast<void>(folder.file("examples/scenarios/mine.yaml", lost_final_ack));
    CHECK(command({"check", "mine"}, {.folder = folder.path()}).status == 0);
    CHECK(command({"check", "lost-final-ack"}, {.folder = folder.path()}).status == 0); // what is not here is there
}

TEST_CASE("list of a folder with a bad file, with none, or that is absent: a message, and 2")
{
    const Folder folder;
    const Finished empty = command({"list", folder.path()});
    CHECK(empty.status == 2);
    CHECK(empty.err == "tcpsm: there is no scenario (*.yaml) in " + folder.path() + "\n");

    const Finished absent = command({"list", folder.file("absent")});
    CHECK(absent.status == 2);
    CHECK(absent.err == "tcpsm: cannot read " + folder.file("absent") + ": No such file or directory\n");

    static_cast<void>(folder.file("a.yaml", lost_final_ack));
    const std::string bad = folder.file("bad.yaml", bad_file);
    const Finished one_bad = command({"list", folder.path()});
    CHECK(one_bad.status == 2);
    CHECK(one_bad.out == "");
    CHECK(one_bad.err.starts_with(bad + ":5:13: "));
}
