// The one file that contains Boost.MSM. It builds the state machine from the table and keeps the table as plain rows.

#include <array>
#include <cassert>
#include <type_traits>
#include <utility>

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>
#include <boost/msm/back/state_machine.hpp>
#include <boost/msm/front/functor_row.hpp>
#include <boost/msm/front/state_machine_def.hpp>

#include "machine/dispatch.hpp"
#include "machine/row_sequence.hpp"
#include "machine/table.hpp"
#include "tcpsm/machine/transitions.hpp"

namespace tcpsm {
namespace {

namespace msm = boost::msm;
namespace mp = boost::mp11;
using table::Table;

// ---- the table as plain rows ----------------------------------------------------------------------------------------

template <class A>
struct ActionNames {
    static constexpr std::array<std::string_view, 0> value{};
};
template <class... As>
struct ActionNames<table::Do<As...>> {
    static constexpr std::array<std::string_view, sizeof...(As)> value{As::name...};
};

// A guard that must not hold is spelled "not ...", so that a row can be read without its opposite.
template <class G>
struct GuardName {
    static constexpr std::size_t length = G::name.size() + (G::wanted ? 0 : 4);
    static constexpr auto chars = [] {
        std::array<char, length> text{};
        auto at = text.begin();
        if (!G::wanted)
            for (char c : std::string_view("not ")) *at++ = c;
        for (char c : G::name) *at++ = c;
        return text;
    }();
    static constexpr std::string_view value{chars.data(), length};
};
template <>
struct GuardName<table::none> {
    static constexpr std::string_view value{};
};

template <class R>
constexpr bool stays = std::is_same_v<typename R::target, table::stay>;
template <class R>
using target_of = mp::mp_if_c<stays<R>, typename R::source, typename R::target>;

template <class R>
constexpr Transition as_data()
{
    return {R::source::id,
            R::event::kind,
            target_of<R>::id,
            stays<R>,
            ActionNames<typename R::action>::value,
            GuardName<typename R::guard>::value,
            R::why::text};
}
template <class... Rows>
constexpr auto as_data(mp::mp_list<Rows...>)
{
    return std::array<Transition, sizeof...(Rows)>{as_data<Rows>()...};
}
constexpr auto rows = as_data(Table{});

// ---- the table as a state machine -----------------------------------------------------------------------------------

/// Row number I, as MSM wants it, with the one addition that it leaves its number behind.
template <std::size_t I>
struct MsmRow {
    using Model = mp::mp_at_c<Table, I>;
    using Source = typename Model::source;
    using Evt = typename Model::event;
    using Target = target_of<Model>;
    using Action = typename Model::action;
    using Guard = typename Model::guard;
    static constexpr bool guarded = !std::is_same_v<Guard, table::always>;
    using row_type_tag = mp::mp_if_c<stays<Model>, mp::mp_if_c<guarded, msm::irow_tag, msm::a_irow_tag>,
                                     mp::mp_if_c<guarded, msm::row_tag, msm::a_row_tag>>;

    template <class Fsm, class S, class T, class All>
    static msm::back::HandledEnum action_call(Fsm& fsm, const Evt& event, S& source, T& target, All&)
    {
        fsm.row = static_cast<std::int16_t>(I);
        if constexpr (!std::is_same_v<Action, table::none>) Action{}(event, fsm, source, target);
        return msm::back::HANDLED_TRUE;
    }
    template <class Fsm, class S, class T, class All>
    static bool guard_call(Fsm& fsm, const Evt& event, S& source, T& target, All&)
    {
        return Guard{}(event, fsm, source, target);
    }
};

struct Definition : msm::front::state_machine_def<Definition> {
    using initial_state = table::CLOSED;
    using transition_table = RowSequence<MsmRow, rows.size()>;
    using no_message_queue = int;    // an action never raises an event
    using no_exception_thrown = int; // an action never throws
    std::int16_t row = no_row;       // the last row that fired
    bool busy = false;

    template <class Fsm, class E>
    void no_transition(const E&, Fsm&, int) // normal: an event that a state ignores
    {
    }
};

/// The row above row `below` for this state and event, or `rows.size()` where there is none.
constexpr std::size_t row_above(std::size_t below, State from, Event event)
{
    for (std::size_t i = below; i-- > 0;)
        if (rows[i].from == from && rows[i].event == event) return i;
    return rows.size();
}

/// A compile policy chooses MSM's dispatch tables; its favor_compile_time works in the same way.
struct FindByNumber {
    using compile_policy = int;
    using add_forwarding_rows = boost::mpl::false_;
};

} // namespace
} // namespace tcpsm

// MSM's own dispatch tables filter the types of all rows for every event, which takes longer to compile than all else
// here, and are filled when the program starts. These do the same as constants: a state's cell executes MSM's rows.
template <class Fsm, class Rows, tcpsm::Event Kind>
struct boost::msm::back::dispatch_table<Fsm, Rows, tcpsm::table::On<Kind>, tcpsm::FindByNumber> {
    using Evt = tcpsm::table::On<Kind>;
    using Cell = HandledEnum (*)(Fsm&, int, int, const Evt&);

    // As MSM does: rows are tried from the bottom up, and where the last guard rejects, no transition is missing.
    template <tcpsm::State From, std::size_t Below = Rows::count>
    static HandledEnum execute(Fsm& fsm, int region, int state, const Evt& event)
    {
        constexpr std::size_t number = tcpsm::row_above(Below, From, Kind);
        if constexpr (number == Rows::count) {
            return HANDLED_FALSE;
        } else {
            // From Boost 1.88 on, rows take an event that they might change. Ours do not.
            auto& changeable = const_cast<Evt&>(event);
            const HandledEnum handled = Rows::template row<number>::execute(fsm, region, state, changeable);
            if constexpr (tcpsm::row_above(number, From, Kind) != Rows::count)
                if (handled == HANDLED_GUARD_REJECT) return execute<From, number>(fsm, region, state, event);
            return handled;
        }
    }

    template <std::size_t... I>
    static constexpr auto cells(std::index_sequence<I...>)
    {
        // MSM keeps the first cell for internal transitions of the machine itself, of which there are none.
        return std::array<Cell, 1 + sizeof...(I)>{nullptr, &execute<static_cast<tcpsm::State>(I)>...};
    }
    std::array<Cell, 1 + tcpsm::state_count> entries = cells(std::make_index_sequence<tcpsm::state_count>{});
    static const dispatch_table instance;
    // To MSM, `instance` is an object up to Boost 1.83, and in 1.88 a function that returns one: this is both.
    constexpr const dispatch_table& operator()() const { return *this; }
};
template <class Fsm, class Rows, tcpsm::Event Kind>
constexpr boost::msm::back::dispatch_table<Fsm, Rows, tcpsm::table::On<Kind>, tcpsm::FindByNumber>
    boost::msm::back::dispatch_table<Fsm, Rows, tcpsm::table::On<Kind>, tcpsm::FindByNumber>::instance{};

namespace tcpsm {
namespace {

using Machine = msm::back::state_machine<Definition, FindByNumber>;

// ---- what must be so for one byte to be a connection's state --------------------------------------------------------

template <class R>
using source_of = typename R::source;
using Sources = mp::mp_unique<mp::mp_transform<source_of, Table>>;

template <class... States>
constexpr bool ids_agree(mp::mp_list<States...>)
{
    return ((msm::back::get_state_id<Machine::stt, States>::type::value == static_cast<int>(States::id)) && ...);
}
static_assert(mp::mp_size<Sources>::value == state_count, "every state has a row");
static_assert(ids_agree(Sources{}), "the states must first appear in the table in the order of enum State");

constexpr bool deterministic()
{
    for (std::size_t i = 0; i < rows.size(); ++i)
        for (std::size_t j = i + 1; j < rows.size(); ++j)
            if (rows[i].from == rows[j].from && rows[i].event == rows[j].event &&
                (rows[i].guard.empty() || rows[j].guard.empty()))
                return false;
    return true;
}
static_assert(deterministic(), "two rows for one state and event must both have a guard");

constexpr bool all_reachable()
{
    unsigned reached = 1U << static_cast<unsigned>(State::Closed);
    for (std::size_t round = 0; round < state_count; ++round)
        for (const Transition& row : rows)
            if ((reached >> static_cast<unsigned>(row.from) & 1U) != 0) reached |= 1U << static_cast<unsigned>(row.to);
    return reached == (1U << state_count) - 1;
}
static_assert(all_reachable(), "every state can be reached from CLOSED");

// ---- dispatch -------------------------------------------------------------------------------------------------------

// One machine serves every connection of a thread: a connection's state is loaded into it and stored back, because an
// MSM machine that is copied or moved falls back to its initial state. It is the only mutable global.
Machine& engine()
{
    static thread_local Machine machine;
    return machine;
}

template <Event Kind>
Fired process(State state, Context& context)
{
    Machine& machine = engine();
    assert(!machine.busy && "an action must not dispatch");
    int& current = const_cast<int&>(*machine.current_state()); // well defined: the machine itself is not const
    current = static_cast<int>(state);
    machine.row = no_row;
    machine.busy = true;
    machine.process_event(table::On<Kind>{context});
    machine.busy = false;
    return {static_cast<State>(current), machine.row};
}

template <std::size_t... I>
constexpr auto processors(std::index_sequence<I...>)
{
    return std::array<Fired (*)(State, Context&), sizeof...(I)>{&process<static_cast<Event>(I)>...};
}

} // namespace

Fired dispatch(Event event, State state, Context& context)
{
    static constexpr auto by_event = processors(std::make_index_sequence<event_count>{});
    return by_event[static_cast<std::size_t>(event)](state, context);
}

std::span<const Transition> transitions()
{
    return rows;
}

} // namespace tcpsm
