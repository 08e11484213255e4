#pragma once
// What `count:` can count by the word behind `of:`.

#include <array>
#include <string_view>
#include <utility>

#include "tcpsm/scenario/expectation.hpp"

namespace tcpsm {

inline constexpr std::array happenings{
    std::pair{std::string_view("active_opens"), ExpectCount::Of::active_opens},
    std::pair{std::string_view("passive_opens"), ExpectCount::Of::passive_opens},
    std::pair{std::string_view("time_waits"), ExpectCount::Of::time_waits},
    std::pair{std::string_view("segments"), ExpectCount::Of::segments},
    std::pair{std::string_view("retransmissions"), ExpectCount::Of::retransmissions},
    std::pair{std::string_view("descriptors"), ExpectCount::Of::descriptors},
    std::pair{std::string_view("unconnected"), ExpectCount::Of::unconnected},
    std::pair{std::string_view("accept_overflows"), ExpectCount::Of::accept_overflows},
    std::pair{std::string_view("syn_drops"), ExpectCount::Of::syn_drops},
    std::pair{std::string_view("syn_cookies"), ExpectCount::Of::syn_cookies},
    std::pair{std::string_view("time_wait_overflows"), ExpectCount::Of::time_wait_overflows},
    std::pair{std::string_view("memory"), ExpectCount::Of::memory},
};

} // namespace tcpsm
