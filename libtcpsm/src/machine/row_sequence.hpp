#pragma once
// Numbered rows as a sequence of Boost.MPL, the form in which Boost.MSM takes a table. An mp_list would do, but costs
// clang 100 s and 8.5 GB for 164 rows: its iterators name all rows still to come, and MSM copies what they lead to into
// vectors that inherit from themselves once a row. Here no type names more than one row: an iterator holds a number.

#include <cstddef>

#include <boost/mpl/begin_end.hpp>
#include <boost/mpl/clear.hpp>
#include <boost/mpl/empty.hpp>
#include <boost/mpl/fold.hpp>
#include <boost/mpl/insert_range.hpp>
#include <boost/mpl/iterator_tags.hpp>
#include <boost/mpl/list.hpp>
#include <boost/mpl/placeholders.hpp>
#include <boost/mpl/push_back.hpp>
#include <boost/mpl/vector.hpp>

namespace tcpsm {

struct row_sequence_tag;

/// The rows Row<0> to Row<Count - 1>.
template <template <std::size_t> class Row, std::size_t Count>
struct RowSequence {
    using tag = row_sequence_tag;
    static constexpr std::size_t count = Count;
    template <std::size_t I>
    using row = Row<I>;
};

/// What `Make` makes of each of `Rows`: MSM wraps a row of the front end into one that it can execute.
template <class Rows, template <class, class> class Make, class Base>
struct MadeRows {
    using tag = row_sequence_tag;
    static constexpr std::size_t count = Rows::count;
    template <std::size_t I>
    using row = typename Make<typename Rows::template row<I>, Base>::type;
};

template <class Rows, std::size_t I>
struct RowIterator {
    using category = boost::mpl::forward_iterator_tag;
    using type = typename Rows::template row<I>;
    using next = RowIterator<Rows, I + 1>;
};

} // namespace tcpsm

namespace boost::mpl {
// NOLINTBEGIN(readability-identifier-naming): MPL asks for "apply"

template <>
struct begin_impl<tcpsm::row_sequence_tag> {
    template <class Rows>
    struct apply {
        using type = tcpsm::RowIterator<Rows, 0>;
    };
};
template <>
struct end_impl<tcpsm::row_sequence_tag> {
    template <class Rows>
    struct apply {
        using type = tcpsm::RowIterator<Rows, Rows::count>;
    };
};

// What mpl::transform adds to when it collects the states of all rows: a list, because an element of a vector costs as
// much again as all before it.
template <>
struct clear_impl<tcpsm::row_sequence_tag> {
    template <class>
    struct apply {
        using type = list0<>;
    };
};

// MSM appends the internal transitions that the machine and its states declare in their own classes. Ours declare none.
template <>
struct insert_range_impl<tcpsm::row_sequence_tag> {
    template <class Rows, class Position, class Inserted>
    struct apply {
        static_assert(empty<Inserted>::value, "every transition is a row of the table");
        using type = Rows;
    };
};

// NOLINTEND(readability-identifier-naming)

// How MSM makes its table from that of the front end: it pushes what Make makes of each row to the back of a vector.
// Here the result is a sequence of numbered rows again, each made when it is asked for. (Were another version of MSM to
// fold differently, the dispatch tables in machine.cpp would not compile.)
template <template <std::size_t> class Row, std::size_t Count, template <class, class> class Make, class Base>
struct fold<tcpsm::RowSequence<Row, Count>, vector0<>, push_back<_1, Make<_2, Base>>> {
    using type = tcpsm::MadeRows<tcpsm::RowSequence<Row, Count>, Make, Base>;
};

} // namespace boost::mpl
