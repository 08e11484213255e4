// A frontend without a display, and what mouse and keys do in it.

#include "app/platform/headless.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <vector>

#include "app/platform/input_queue.hpp"
#include "ui/drawing.hpp"

using namespace tcpsm::viz;

namespace {

// A window with a button and a text field, that remembers what happened to it.
struct Form : Drawing {
    int clicks = 0;
    float turned = 0;
    std::string text;
    ImVec2 button, field;
    std::vector<Key> keys, repeated;
    bool ctrl = false, shift = false;

    Form()
    {
        draw = [this] {
            for (int i = 0; i < static_cast<int>(Key::count); ++i) {
                if (key_pressed(static_cast<Key>(i))) keys.push_back(static_cast<Key>(i));
                if (key_pressed(static_cast<Key>(i), true)) repeated.push_back(static_cast<Key>(i));
            }
            ctrl = ImGui::GetIO().KeyCtrl;
            shift = ImGui::GetIO().KeyShift;
            turned += ImGui::GetIO().MouseWheel;
            ImGui::SetNextWindowPos({0, 0});
            ImGui::SetNextWindowSize({300, 200});
            ImGui::Begin("form", nullptr, ImGuiWindowFlags_NoDecoration);
            if (ImGui::Button("press")) ++clicks;
            button = middle();
            static_cast<void>(ImGui::InputText("##field", buffer_.data(), buffer_.size()));
            field = middle();
            text = buffer_.data();
            ImGui::End();
        };
    }

private:
    static ImVec2 middle()
    {
        const ImVec2 a = ImGui::GetItemRectMin(), b = ImGui::GetItemRectMax();
        return {(a.x + b.x) / 2, (a.y + b.y) / 2};
    }
    std::array<char, 64> buffer_{};
};

struct HeadlessForm {
    Form form;
    Headless headless{form, 300, 200, 1, FontSearch{}};
    HeadlessForm() { headless.settle(); }
};

} // namespace

TEST_CASE_FIXTURE(HeadlessForm, "a click on a button: presses it once")
{
    headless.click(form.button);
    CHECK(form.clicks == 1);
    headless.click({290, 190});
    headless.click(form.button, 1);
    CHECK(form.clicks == 1);
    headless.drag(form.button, {290, 190}); // let go elsewhere
    CHECK(form.clicks == 1);
}

TEST_CASE_FIXTURE(HeadlessForm,
                  "keys: are seen once when they go down, and repeat while they are held where that is asked for")
{
    headless.key_down(Key::right);
    for (int i = 0; i < 60; ++i) headless.frame();
    headless.key_up(Key::right);
    headless.frame();
    CHECK(form.keys == std::vector<Key>{Key::right});
    CHECK(form.repeated.size() > 3);
}

TEST_CASE_FIXTURE(HeadlessForm, "each key: is known by its name, and by no other")
{
    for (int i = 0; i < static_cast<int>(Key::count); ++i) {
        form.keys.clear();
        headless.tap(static_cast<Key>(i));
        CHECK(form.keys == std::vector<Key>{static_cast<Key>(i)});
    }
}

TEST_CASE_FIXTURE(HeadlessForm, "characters that a held key repeats: are no further presses of it")
{
    headless.key_down(Key::question);
    headless.type("?");
    headless.frame();
    headless.type("?");
    headless.frame();
    CHECK(form.keys == std::vector<Key>{Key::question});
    CHECK(form.repeated == std::vector<Key>{Key::question, Key::question});
}

TEST_CASE_FIXTURE(HeadlessForm, "a Chinese question mark: is one")
{
    headless.key_down(Key::question);
    headless.type("？");
    headless.frame();
    CHECK(form.keys == std::vector<Key>{Key::question});
}

TEST_CASE_FIXTURE(HeadlessForm, "text that is typed into a field: is in it, and editing keys edit it")
{
    headless.click(form.field);
    CHECK(ImGui::GetIO().WantTextInput);
    headless.type("sérver 客");
    headless.frame();
    CHECK(form.text == "sérver 客");
    headless.tap(Key::backspace);
    headless.tap(Key::home);
    headless.tap(Key::del);
    CHECK(form.text == "érver ");
    headless.modifiers(true, false, false);
    headless.tap(Key::a);
    headless.modifiers(false, false, false);
    CHECK(form.text == "érver ");
    headless.tap(Key::x);
    CHECK(form.text == "x"); // all of it was selected
}

TEST_CASE_FIXTURE(HeadlessForm, "the wheel and the keys that are held besides: are seen")
{
    headless.wheel(2);
    headless.wheel(-0.5F);
    headless.modifiers(true, true, false);
    headless.frame();
    CHECK(form.turned == 1.5F);
    CHECK(form.ctrl);
    CHECK(form.shift);
    headless.modifiers(false, false, false);
    headless.frame();
    CHECK(form.turned == 1.5F);
    CHECK_FALSE(form.ctrl);
}

TEST_CASE("the same frames twice: give the same pictures, also where another frontend lives besides")
{
    const auto take = [] {
        Form form;
        Headless headless(form, 300, 200);
        headless.settle();
        headless.click(form.field);
        headless.type("hello");
        headless.frame();
        return headless.picture();
    };
    const Image first = take();
    Form other;
    Headless beside(other, 100, 100, 2);
    beside.frame();
    CHECK(take().rgba == first.rgba);
    beside.frame();
    CHECK(beside.picture().width == 100);
}

TEST_CASE("a picture before the first frame, and one of a tiny frontend: are blank and small")
{
    Drawing drawing;
    Headless headless(drawing, 0, -5, 1, FontSearch{});
    CHECK(headless.picture().width == 1);
    headless.frame(0);
    CHECK(headless.picture().height == 1);
    headless.resize(7, 9);
    headless.frame();
    CHECK(headless.picture().rgba.size() == 7 * 9 * 4);
}

TEST_CASE("the time of a frontend: is the sum of its frames")
{
    Drawing drawing;
    Headless headless(drawing, 10, 10, 1, FontSearch{});
    headless.settle();
    CHECK(headless.now() == 0);
    headless.frame(0.5F);
    headless.frame(0.25F);
    CHECK(headless.now() == 0.75);
}

// ---- the window's queue of input ------------------------------------------------------------------------------------

TEST_CASE_FIXTURE(HeadlessForm, "a key that goes down and up between two frames: is seen")
{
    InputQueue queue;
    queue.add(input::KeyChanged{Key::s, true});
    queue.add(input::KeyChanged{Key::s, false});
    queue.add(input::KeyChanged{Key::s, true});
    int frames = 0;
    for (; !queue.empty(); ++frames) {
        queue.give();
        headless.frame();
    }
    CHECK(frames == 3);
    CHECK(form.keys == std::vector<Key>{Key::s, Key::s});
}

TEST_CASE_FIXTURE(HeadlessForm, "a click while the mouse flies by: hits what it was over")
{
    InputQueue queue;
    queue.add(input::Moved{{200, 100}});
    queue.add(input::Moved{form.button});
    queue.add(input::Button{0, true});
    queue.add(input::Button{0, false});
    queue.add(input::Moved{{290, 190}});
    while (!queue.empty()) {
        queue.give();
        headless.frame();
    }
    headless.frame();
    CHECK(form.clicks == 1);
    CHECK(ImGui::GetIO().MousePos.x == 290);
}

TEST_CASE_FIXTURE(HeadlessForm, "Shift that is let go before the frame: was held with its key")
{
    InputQueue queue;
    queue.modifiers({false, true, false});
    queue.add(input::KeyChanged{Key::s, true});
    queue.modifiers({});
    queue.add(input::KeyChanged{Key::s, false});
    queue.give();
    headless.frame();
    CHECK(form.keys == std::vector<Key>{Key::s});
    CHECK(form.shift);
    queue.give();
    headless.frame();
    CHECK_FALSE(form.shift);
    CHECK(queue.empty());
}

TEST_CASE_FIXTURE(HeadlessForm, "the focus is lost: nothing stays held")
{
    InputQueue queue;
    queue.modifiers({true, false, false});
    queue.add(input::KeyChanged{Key::right, true});
    queue.add(input::Button{0, true});
    queue.give();
    headless.frame();
    CHECK(key_held(Key::right));
    queue.release_all();
    while (!queue.empty()) {
        queue.give();
        headless.frame();
    }
    CHECK_FALSE(key_held(Key::right));
    CHECK_FALSE(ImGui::GetIO().KeyCtrl);
    CHECK_FALSE(ImGui::IsMouseDown(0));
}
