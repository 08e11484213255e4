#include "app/panels/menus.hpp"

#include <array>

#include "tcpsm/trace/trace.hpp"

namespace tcpsm::viz {
namespace {

Menu durations(const View& view, const char* anchor, Phrase heading, Change::Kind kind,
               std::initializer_list<Duration> choices)
{
    Menu menu{anchor, std::string(view.text(heading)), {}};
    for (const Duration duration : choices) {
        Change change;
        change.kind = kind;
        change.duration = duration;
        menu.entries.push_back({in_unit(duration), command::ChangeWorld{change}});
    }
    return menu;
}

Menu losses(const View& view)
{
    Menu menu{"chip.loss", std::string(view.text(Phrase::menu_loss)), {}};
    for (const std::uint32_t percent : {0U, 1U, 5U, 10U, 20U, 30U, 50U}) {
        Change change;
        change.kind = Change::Kind::loss;
        change.chance = percent * 10'000;
        menu.entries.push_back({std::to_string(percent) + " %", command::ChangeWorld{change}});
    }
    return menu;
}

Menu profiles(const View& view)
{
    Menu menu{"chip.profile", std::string(view.text(Phrase::menu_profile)), {}};
    for (const char* const profile : {"rfc9293", "linux"}) {
        Change change;
        change.kind = Change::Kind::profile;
        change.profile = profile;
        menu.entries.push_back({profile, command::ChangeWorld{change}});
    }
    return menu;
}

Menu speeds(const View& view)
{
    Menu menu{"speed", std::string(view.text(Phrase::menu_speed)), {}};
    for (const double speed : {0.01, 0.03, 0.1, 0.3, 1.0, 10.0, 100.0})
        menu.entries.push_back({fmt::format("{:g} ×", speed), command::Speed{speed}});
    return menu;
}

Menu rare_cases(const View& view)
{
    Menu menu{"chip.rare", std::string(view.text(Phrase::menu_rare)), {}};
    constexpr std::array<std::pair<RareCase, Phrase>, 3> cases{
        {{RareCase::simultaneous_open, Phrase::rare_simultaneous_open},
         {RareCase::simultaneous_close, Phrase::rare_simultaneous_close},
         {RareCase::three_segment_close, Phrase::rare_three_segment_close}}};
    for (const auto& [which, label] : cases) {
        const bool can = view.session.ends_for(which).has_value();
        menu.entries.push_back({std::string(view.text(label)), command::CauseRareCase{which}, can,
                                can ? std::string() : std::string(view.text(Phrase::rare_needs_established))});
    }
    const bool waits = view.session.time_wait_host() != no_host;
    menu.entries.push_back(
        {std::string(view.text(Phrase::without_time_wait)), command::WithoutTimeWait{}, waits,
         std::string(view.text(waits ? Phrase::without_time_wait_hint : Phrase::without_time_wait_none))});
    return menu;
}

Menu touch_delays(const View& view)
{
    Menu menu{"touch.delay", std::string(view.text(Phrase::menu_touch_delay)), {}};
    const std::uint32_t segment = view.session.segment();
    for (const Duration by :
         {Duration{50ms}, Duration{200ms}, Duration{500ms}, Duration{1s}, Duration{2s}, Duration{5s}, Duration{60s}})
        menu.entries.push_back({"+ " + in_unit(by), command::TouchSegment{segment, Touch::delay, by}});
    return menu;
}

// ---- the calls of a host --------------------------------------------------------------------------------------------

/// Where a host could connect to: the first other host that listens, else port 80 of the first other one.
std::pair<std::string, Port> target_for(Network& world, HostId from)
{
    std::pair<std::string, Port> target;
    for (const Host& host : world.hosts()) {
        if (host.id() == from) continue;
        const Socket listener = host.listener();
        if (listener.valid()) return {std::string(host.name()), listener.local().port};
        if (target.first.empty()) target = {std::string(host.name()), Port{80}};
    }
    return target;
}

void add_call(Menu& menu, const HostName& host, Action action, const std::string& label)
{
    menu.entries.push_back({label, command::UserCall{host, std::move(action)}});
}

Action call(Call verb, std::uint32_t octets = 0)
{
    Action action;
    action.verb = verb;
    action.octets = octets;
    return action;
}

/// Calls of each connection that is alive, then those that make a new one, then what happens to the machine.
Menu host_calls(const View& view)
{
    Network& world = view.session.current().network();
    const auto hosts = world.hosts();
    const std::size_t index = std::min<std::size_t>(view.look().menu_host, hosts.size() - 1);
    const Host host = hosts[index];
    const std::string name(host.name());
    Menu menu{"host." + std::to_string(index),
              view.text(Phrase::menu_host, name, to_string(view.session.current().shown())),
              {}};
    if (!host.up()) {
        add_call(menu, {name}, call(Call::reboot), "reboot");
        return menu;
    }
    constexpr std::size_t most_connections = 3;
    std::size_t shown = 0;
    for (const NetstatLine& line : host.netstat()) {
        if (line.connection == 0 || shown++ == most_connections) continue;
        const HostName who{name, line.connection};
        const std::string suffix = line.connection > 1 ? fmt::format("  #{}", line.connection) : std::string();
        add_call(menu, who, call(Call::send, 100), "send 100" + suffix);
        add_call(menu, who, call(Call::shutdown), "shutdown" + suffix);
        add_call(menu, who, call(Call::close), "close" + suffix);
        add_call(menu, who, call(Call::abort), "abort" + suffix);
    }
    if (const auto [to, port] = target_for(world, host.id()); !to.empty()) {
        Action connect = call(Call::connect);
        connect.remote = to;
        connect.port = port;
        add_call(menu, {name}, connect, "connect " + to + ':' + std::to_string(port));
    }
    if (!host.listener().valid()) {
        Action listen = call(Call::listen);
        listen.port = 80;
        add_call(menu, {name}, listen, "listen 80");
    }
    add_call(menu, {name}, call(Call::kill), "kill");
    add_call(menu, {name}, call(Call::crash), "crash");
    return menu;
}

Menu files(const View& view)
{
    const bool has = !view.session.empty();
    const auto opens = [&](Phrase label, Overlay overlay, bool enabled) {
        return MenuEntry{std::string(view.text(label)), changed(view, [&](Look& l) { l.overlay = overlay; }), enabled};
    };
    return {"chip.files",
            std::string(view.text(Phrase::chip_files)),
            {opens(Phrase::menu_open, Overlay::open_file, true), opens(Phrase::menu_save, Overlay::save_as, has),
             opens(Phrase::menu_picture, Overlay::picture, has),
             opens(Phrase::menu_handout, Overlay::handout, has && !view.session.current().in_numbers())}};
}

} // namespace

Menu open_menu(const View& view)
{
    if (view.look().overlay == Overlay::files) return files(view);
    if (view.session.empty()) return {};
    const bool single = view.look().overlay == Overlay::rare || view.look().overlay == Overlay::host;
    if (single && view.session.current().in_numbers()) return {};
    switch (view.look().overlay) {
    case Overlay::msl:
        return durations(view, "chip.msl", Phrase::menu_msl, Change::Kind::msl, {1s, 5s, 10s, 30s, 60s, 120s});
    case Overlay::delay:
        return durations(view, "chip.delay", Phrase::menu_delay, Change::Kind::delay,
                         {1ms, 10ms, 50ms, 100ms, 300ms, 1s});
    case Overlay::loss: return losses(view);
    case Overlay::profile: return profiles(view);
    case Overlay::speed: return speeds(view);
    case Overlay::rare: return rare_cases(view);
    case Overlay::touch_delay: return touch_delays(view);
    case Overlay::host: return host_calls(view);
    default: return {};
    }
}

std::string in_unit(Duration duration)
{
    struct Named {
        Duration length{};
        const char* name = "";
    };
    if (duration == Duration{0}) return "0 s";
    for (const Named unit : {Named{1min, "min"}, Named{1s, "s"}, Named{1ms, "ms"}, Named{1us, "us"}})
        if (duration % unit.length == Duration{0}) return std::to_string(duration / unit.length) + ' ' + unit.name;
    return to_string(duration);
}

} // namespace tcpsm::viz
