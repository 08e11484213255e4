// The picture and the animation of the README were made from frames of this window. To make them anew after a change
// that was meant (ffmpeg makes the animation):
//     TCPSM_NEW_README=1 build/release/tests/ui_tests --test-case='the README*'

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "app/platform/png.hpp"
#include "app/platform/video.hpp"
#include "support/places.hpp"
#include "ui/likeness.hpp"
#include "ui/ui.hpp"

using namespace tcpsm;
using namespace tcpsm::viz;

namespace {

const std::string pictures_folder = tcpsm::test::in_source("docs/pictures/");

Image still()
{
    Ui ui(1600, 900);
    ui.open("lost-final-ack", Time{2210ms});
    ui.tap(Key::l); // lose the ACK that answers the FIN that came again
    ui.tap(Key::right);
    return ui.screen.picture();
}

/// The teardown whose last ACK is lost, from the handshake on.
class Animation {
public:
    static constexpr int frames_per_second = 10;
    static constexpr int frames = 90;

    Animation() : ui_(960, 600)
    {
        ui_.open("lost-final-ack", Time{1100ms});
        ui_.session().apply(command::Play{});
    }
    Image next()
    {
        ui_.screen.frame(1.0F / frames_per_second);
        return ui_.screen.picture();
    }

private:
    Ui ui_;
};

/// Each tenth frame from afar, a row of fields a line.
std::vector<std::string> fingerprints()
{
    Animation animation;
    std::vector<std::string> all;
    for (int i = 0; i < Animation::frames; ++i) {
        const Image frame = animation.next();
        if (i % 10 == 0)
            for (std::string& row : fingerprint(frame)) all.push_back(std::move(row));
    }
    return all;
}

void make_anew()
{
    CHECK(write_png(still(), pictures_folder + "window.png") == "");
    Animation animation;
    VideoOptions options;
    options.path = pictures_folder + "lost-final-ack.gif";
    options.frames_per_second = Animation::frames_per_second;
    options.frames = Animation::frames;
    CHECK(write_video(options, [&](int) { return animation.next(); }) == "");
    std::ofstream kept(pictures_folder + "lost-final-ack.txt");
    for (const std::string& frame : fingerprints()) kept << frame << '\n';
}

} // namespace

TEST_CASE("the README's picture and animation: are made from the frames that the window draws now")
{
    if (std::getenv("TCPSM_NEW_README") != nullptr) make_anew();
    const auto picture = read_png(pictures_folder + "window.png");
    REQUIRE(picture.has_value());
    const Image now = still();
    REQUIRE(picture->rgba.size() == now.rgba.size());
    CHECK(difference(*picture, now) < looks_different);

    std::ifstream file(pictures_folder + "lost-final-ack.txt"); // what the frames of the animation were
    std::vector<std::string> kept;
    for (std::string row; std::getline(file, row);) kept.push_back(row);
    CHECK(difference_of_rows(kept, fingerprints()) < rows_look_different);
}
