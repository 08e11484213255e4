// What a user call answers: the RFC's sentence, and the error of a socket.

#include <doctest/doctest.h>

#include <ostream>
#include <string>
#include <system_error>

#include "tcpsm/connection/check.hpp"
#include "tcpsm/connection/error.hpp"

using namespace tcpsm;

TEST_CASE("every error: its sentence as the RFC has it, its category, its std::errc")
{
    struct Expected {
        Error error;
        std::string_view sentence;
        std::errc socket_error;
    };
    for (const Expected& expected : {
             Expected{Error::does_not_exist, "connection does not exist", std::errc::not_connected},
             Expected{Error::already_exists, "connection already exists", std::errc::already_connected},
             Expected{Error::already_opening, "connection is already being opened",
                      std::errc::connection_already_in_progress},
             Expected{Error::closing, "connection closing", std::errc::broken_pipe},
             Expected{Error::reset, "connection reset", std::errc::connection_reset},
             Expected{Error::open_reset, "connection reset", std::errc::connection_refused},
             Expected{Error::refused, "connection refused", std::errc::connection_refused},
             Expected{Error::remote_unspecified, "remote socket unspecified", std::errc::destination_address_required},
             Expected{Error::insufficient_resources, "insufficient resources", std::errc::no_buffer_space},
             Expected{Error::user_timeout, "connection aborted due to user timeout", std::errc::timed_out},
             Expected{Error::timed_out, "connection timed out: retransmitted until R2 without an answer",
                      std::errc::timed_out},
             Expected{Error::would_block, "nothing yet: the call would wait", std::errc::operation_would_block},
             Expected{Error::address_in_use, "address already in use", std::errc::address_in_use},
             Expected{Error::address_not_available, "no ephemeral port is free", std::errc::address_not_available},
             Expected{Error::invalid_argument, "invalid argument", std::errc::invalid_argument},
             Expected{Error::not_listening, "the socket does not listen", std::errc::invalid_argument},
             Expected{Error::host_is_down, "the host is down", std::errc::network_down},
             Expected{Error::no_such_socket, "no such socket", std::errc::bad_file_descriptor},
         }) {
        const std::error_code code = expected.error;
        CAPTURE(expected.sentence);
        CHECK(code);
        CHECK(code.message() == expected.sentence);
        CHECK(code == expected.socket_error);
        CHECK(code.category() == category());
        CHECK(std::string(code.category().name()) == "tcpsm");
    }
}

TEST_CASE("no error: it is false and equal to a default error_code's condition")
{
    const std::error_code none = Error::none;
    CHECK_FALSE(none);
    CHECK(none == std::error_condition());
}

TEST_CASE("every check of SEGMENT ARRIVES: a name of its own, a sentence and its section")
{
    for (int i = 1; i <= static_cast<int>(last_check); ++i) {
        const auto check = static_cast<Check>(i);
        CAPTURE(i);
        CHECK_FALSE(name(check).empty());
        CHECK_FALSE(explain(check).empty());
        if (check != Check::host_down) CHECK_FALSE(section(check).empty());
        for (int j = 0; j < i; ++j) CHECK(name(check) != name(static_cast<Check>(j)));
    }
}
