// The picture and the animation of the README were made from frames of this window. To make them anew after a change
// that was meant (ffmpeg makes the animation):
//     TCPSM_NEW_README=1 build/release/tests/ui_tests --test-case='the README*'

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include <fmt/format.h>

#include "app/platform/png.hpp"
#include "app/platform/video.hpp"
#include "support/places.hpp"
#include "ui/ui.hpp"

using namespace tcpsm;
using namespace tcpsm::viz;

namespace {

const std::string folder = tcpsm::test::in_source("docs/pictures/");

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

/// The hash of all frames, one after the other.
std::uint64_t hash_of_frames(Animation& animation)
{
    std::uint64_t all = 0xcbf29ce484222325;
    for (int i = 0; i < Animation::frames; ++i) all = (all ^ hash(animation.next())) * 0x100000001b3;
    return all;
}

std::string hashes()
{
    Animation animation;
    return fmt::format("window.png {:016x}\nlost-final-ack.gif {:016x}\n", hash(still()), hash_of_frames(animation));
}

void make_anew()
{
    CHECK(write_png(still(), folder + "window.png") == "");
    Animation animation;
    VideoOptions options;
    options.path = folder + "lost-final-ack.gif";
    options.frames_per_second = Animation::frames_per_second;
    options.frames = Animation::frames;
    CHECK(write_video(options, [&](int) { return animation.next(); }) == "");
    std::ofstream(folder + "frames.txt") << hashes();
}

} // namespace

TEST_CASE("the README's picture and animation: are made from the frames that the window draws now")
{
    if (std::getenv("TCPSM_NEW_README") != nullptr) make_anew();
    std::ifstream file(folder + "frames.txt");
    const std::string kept((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    CHECK(kept == hashes());
}
