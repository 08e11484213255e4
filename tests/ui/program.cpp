#include "ui/program.hpp"

#include <stdexcept>
#include <string_view>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/file.hpp"
#include "support/places.hpp"
#include "ui/temporary_folder.hpp"

using tcpsm::test::octets_of;

extern char** environ; // NOLINT(readability-redundant-declaration): POSIX wants the program to declare it

std::vector<char*> pointers(std::vector<std::string>& texts)
{
    std::vector<char*> all;
    all.reserve(texts.size() + 1);
    for (std::string& text : texts) all.push_back(text.data());
    all.push_back(nullptr);
    return all;
}

std::vector<std::string> environment_with(const std::vector<std::string>& added, const std::string& home)
{
    std::vector<std::string> all = added;
    all.push_back("HOME=" + home);
    all.emplace_back("LC_ALL=C");
    for (char** one = environ; *one != nullptr; ++one) {
        const std::string_view variable = *one;
        bool ours = false;
        for (const std::string_view name : {"DISPLAY=", "WAYLAND_DISPLAY=", "HOME=", "LC_ALL=", "XDG_"})
            ours = ours || variable.starts_with(name);
        for (const std::string& other : added)
            ours = ours || variable.starts_with(other.substr(0, other.find('=') + 1));
        if (!ours) all.emplace_back(variable);
    }
    return all;
}

Ended run_viz(std::vector<std::string> arguments, const std::vector<std::string>& environment)
{
    const TemporaryFolder folder; // its home, and what it says
    arguments.insert(arguments.begin(), tcpsm::test::in_build("tcpsm-viz"));
    std::vector<std::string> variables = environment_with(environment, folder.path());
    posix_spawn_file_actions_t actions{};
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    for (const auto& [descriptor, name] : {std::pair{STDOUT_FILENO, "out"}, std::pair{STDERR_FILENO, "err"}})
        posix_spawn_file_actions_addopen(&actions, descriptor, folder.file(name).c_str(), O_WRONLY | O_CREAT, 0600);
    pid_t pid = 0;
    const int error = posix_spawn(&pid, arguments[0].c_str(), &actions, nullptr, pointers(arguments).data(),
                                  pointers(variables).data());
    posix_spawn_file_actions_destroy(&actions);
    int status = 0;
    if (error != 0 || waitpid(pid, &status, 0) != pid) throw std::runtime_error("cannot run " + arguments[0]);
    return {WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status), octets_of(folder.file("out")),
            octets_of(folder.file("err"))};
}
