#include "kernel/errors_page.hpp"

#include <array>
#include <string_view>

#include "kernel/errors_cells.hpp"
#include "replay/errno_name.hpp"
#include "tcpsm/connection/errc_name.hpp"

namespace tcpsm::errors {
namespace {

constexpr std::array told_later{std::string_view("send"), std::string_view("receive"), std::string_view("connect")};

std::string row(std::string_view first)
{
    return "| " + std::string(first) + " |";
}

std::string head(std::string_view first, std::span<const std::string_view> columns)
{
    std::string names = row(first);
    std::string rule = "|---|";
    for (const std::string_view column : columns) {
        names += " " + std::string(column) + " |";
        rule += "---|";
    }
    return names + '\n' + rule + '\n';
}

std::string cells(const Profile& profile)
{
    std::string text = head("", calls());
    for (const Situation& situation : situations()) {
        text += row(situation.name);
        for (const std::string_view call : calls()) text += ' ' + cell(profile, situation, call) + " |";
        text += '\n';
    }
    return text;
}

std::string afterwards(const Profile& profile)
{
    std::string text = head("how it ended", told_later);
    for (const Situation& ending : endings()) {
        text += row(ending.name);
        for (const std::string_view call : told_later) text += ' ' + answers(profile, ending, call) + " |";
        text += '\n';
    }
    return text;
}

std::string errors()
{
    std::string text = "| tcpsm::Error | std::errc | errno |\n|---|---|---|\n";
    for (int i = 1; i <= static_cast<int>(Error::no_such_socket); ++i) {
        const auto error = static_cast<Error>(i);
        text += row(sentence(error)) + " `" + std::string(errc_name(error)) + "` | " + errno_name(error) + " |\n";
    }
    return text;
}

} // namespace

std::string errors_page()
{
    const std::string tables_of_linux = cells(linux_profile());
    return "# Errors\n\n"
           "Made by `TCPSM_NEW_ERRORS=1 build/release/tests/kernel_tests`; do not edit. A cell is what happened when "
           "two "
           "hosts were\nbrought to the state and the call was made, without waiting; `→` is the state that it led to. "
           "`EOF` is a RECEIVE that\ngives no octets and no error. `abort` is ABORT (3.10.5).\n\n"
           "## Profile `linux`\n\n" +
           tables_of_linux +
           "\nA blocking send() in SYN-SENT and SYN-RECEIVED waits on Linux until the connection is open; here what it "
           "is given is\nqueued (RFC 9293, 3.10.2), which comes to the same. On Linux a socket whose connection was "
           "once open takes no second\nconnect() or listen() after its end, and ICMP ends no connection that is open.\n"
           "\n## Profile `rfc9293`\n\n"
           "The sentences are those of RFC 9293, 3.10; a name of a connection is good until the connection is "
           "over.\n\n" +
           cells(rfc9293()) +
           "\n## What a connection leaves behind\n\n"
           "The same call again and again, on a socket whose connection has ended and that its user still holds. What "
           "ended it is\ntold once.\n\n### `linux`\n\n" +
           afterwards(linux_profile()) + "\n### `rfc9293`\n\n" + afterwards(rfc9293()) +
           "\n## Errors, std::errc, errno\n\nThe sentence is `message()` of the `std::error_code`, which compares "
           "equal "
           "to the `std::errc`.\n\n" +
           errors();
}

} // namespace tcpsm::errors
