// What a frame of the window costs, and a step back, in a long history: ./run bench prints both with their bounds.

#include <benchmark/benchmark.h>

#include <cstdio>
#include <stdexcept>
#include <string>

#include "app/app.hpp"
#include "app/platform/headless.hpp"
#include "support/places.hpp"

using namespace tcpsm;
using namespace tcpsm::viz;

namespace {

constexpr std::size_t wanted_records = 100'000;

/// Ten connections that send as much as it takes.
std::string long_scenario()
{
    std::string text = "tcpsm: 1\ntitle: a long run\nhosts: { client: {}, server: {} }\nsteps:\n"
                       "  - { at: 0s, server: listen 80 }\n";
    for (int connection = 1; connection <= 10; ++connection) {
        text += "  - { at: " + std::to_string(connection) + "s, client: connect server:80 }\n";
        for (int i = 0; i < 3; ++i)
            text += "  - { at: " + std::to_string(20 + 10 * connection + 2 * i) + "s, client#" +
                    std::to_string(connection) + ": send 1000000 }\n";
    }
    return text;
}

class LongRun {
public:
    LongRun() : app({}), screen(app, 1280, 800)
    {
        app.session().apply(command::EditText{long_scenario()});
        app.session().apply(command::RunText{});
        if (app.session().empty()) throw std::runtime_error("the scenario does not read");
        while (!app.session().current().over()) app.session().tick(0);
        const std::size_t records = app.session().current().history().records().size();
        if (records < wanted_records) throw std::runtime_error("only " + std::to_string(records) + " records");
        go_to_middle();
        screen.settle();
    }
    void go_to_middle() { app.session().apply(command::GoToPosition{app.session().current().stops() / 2}); }

    App app;
    Headless screen;
};

LongRun& run()
{
    static LongRun only; // it takes a second to make
    return only;
}

void frame(benchmark::State& state, TimeMode mode, Tab tab)
{
    Look look = run().app.session().look();
    look.mode = mode;
    look.tab = tab;
    run().app.session().apply(command::SetLook{look});
    run().screen.settle();
    for (auto _ : state) run().screen.frame();
    state.counters["bound, ms"] = 4;
}
BENCHMARK_CAPTURE(frame, compressed_time, TimeMode::compressed, Tab::tcb)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(frame, true_time, TimeMode::exact, Tab::segment)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(frame, connections, TimeMode::compressed, Tab::connections)->Unit(benchmark::kMillisecond);

void step_back(benchmark::State& state)
{
    Session& session = run().app.session();
    session.apply(command::GoToEnd{});
    for (auto _ : state) {
        session.apply(command::StepBy{Unit::event, true});
        if (session.current().position() == 0) session.apply(command::GoToEnd{});
    }
    run().go_to_middle();
    state.counters["bound, ms"] = 16;
}
BENCHMARK(step_back)->Unit(benchmark::kMillisecond);

/// The worst place: directly before a copy that was kept.
void step_back_anywhere(benchmark::State& state)
{
    Session& session = run().app.session();
    const std::size_t stops = session.current().stops();
    std::size_t at = stops;
    for (auto _ : state) {
        session.apply(command::GoToPosition{at});
        session.apply(command::StepBy{Unit::event, true});
        at = at > 977 ? at - 977 : stops;
    }
    run().go_to_middle();
    state.counters["bound, ms"] = 16;
}
BENCHMARK(step_back_anywhere)->Unit(benchmark::kMillisecond);

// ---- in numbers -----------------------------------------------------------------------------------------------------

class ManyConnections {
public:
    ManyConnections() : app({}), screen(app, 1920, 1080)
    {
        open();
        app.session().apply(command::GoToEnd{});
        app.session().apply(command::GoToStart{});
        screen.settle();
    }
    void open()
    {
        app.session().apply(command::OpenFile{tcpsm::test::in_source("examples/scenarios/port-exhaustion.yaml")});
        if (app.session().empty()) throw std::runtime_error("the scenario does not read");
    }

    App app;
    Headless screen;
};

void frame_in_numbers(benchmark::State& state)
{
    ManyConnections many;
    many.app.session().apply(command::Play{});
    for (auto _ : state) {
        many.screen.frame(1.0F / 60);
        if (!many.app.session().playing()) many.app.session().apply(command::Play{});
    }
    state.counters["bound, ms"] = 4;
}
BENCHMARK(frame_in_numbers)->Unit(benchmark::kMillisecond);

/// While the run grows: a slice of it, and its plots anew.
void frame_while_numbers_grow(benchmark::State& state)
{
    ManyConnections many;
    for (auto _ : state) {
        if (many.app.session().current().over()) {
            state.PauseTiming();
            many.open();
            state.ResumeTiming();
        }
        many.screen.frame(1.0F / 60);
    }
    state.counters["bound, ms"] = 33;
}
BENCHMARK(frame_while_numbers_grow)->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
