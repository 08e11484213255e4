// The user calls of a recording, carried out as a socket of the kernel would.

#include <algorithm>
#include <numeric>

#include "replay/compare.hpp"
#include "replay/errno_name.hpp"
#include "replay/host.hpp"
#include "replay/incarnations.hpp"
#include "tcpsm/host/switches.hpp"

namespace tcpsm::kernel {
namespace {

constexpr std::size_t read_at_most = 1U << 22;
} // namespace

std::string Host::call(const Call& call, const std::string& expected, Time now)
{
    switch (call.verb) {
    case Verb::unknown: throw Unsupported{call.unsupported};
    case Verb::listen: return listen(call, now);
    case Verb::bind: return bind(call);
    case Verb::connect: return connect(call, expected, now);
    case Verb::accept: return accept();
    case Verb::read: return read(now);
    case Verb::write: return write(call, expected, now);
    case Verb::close_listener: return close_listener(now);
    case Verb::set_option: return set_option(call, now);
    case Verb::get_error: return get_error();
    case Verb::shutdown: return shutdown(now);
    case Verb::close:
        if (!call.switches.empty()) set_option(call, now);
        return close(now);
    case Verb::close_returned: return close_returned(now);
    }
    return {};
}

SocketId Host::newest() const
{
    if (open_.empty()) throw Unsupported{"a call on a socket that no line made"};
    return open_.back();
}

/// A socket that has a port, and was not connected yet.
bool Host::bound_only(SocketId socket) const
{
    return stack_.exists(socket) && stack_.number(socket) == 0 && !stack_.listens(socket) &&
           stack_.bound(socket).port != 0;
}

std::string Host::listen(const Call& call, Time now)
{
    SocketId socket{};
    if (!open_.empty() && bound_only(open_.back()) && stack_.bound(open_.back()).port == call.port) {
        socket = open_.back();
        open_.pop_back();
    } else {
        socket = stack_.socket();
        if (const Error error = stack_.bind(socket, call.port); error != Error::none) return errno_name(error);
    }
    const Error error = stack_.listen(socket, call.backlog, false, now, out_);
    finish(now, std::nullopt);
    listeners_.push_back({socket, call.port});
    return errno_name(error);
}

std::string Host::bind(const Call& call)
{
    open_.push_back(stack_.socket());
    return errno_name(stack_.bind(open_.back(), call.port));
}

std::string Host::connect(const Call& call, const std::string& expected, Time now)
{
    if (open_.empty() || !bound_only(open_.back()) || call.port != 0) {
        open_.push_back(stack_.socket());
        if (call.port != 0) stack_.bind(open_.back(), call.port);
    }
    const SocketId socket = open_.back();
    const bool succeeds = expected == "EINPROGRESS" || expected == "ok";
    const auto next =
        std::find_if(known_.begin(), known_.end(), [](const Known& k) { return k.incarnation.active && !k.begun; });
    const auto any = std::find_if(known_.begin(), known_.end(), [](const Known& k) { return k.incarnation.active; });
    Port remote = any == known_.end() ? usual_peer_port : any->incarnation.remote;
    if (next != known_.end() && succeeds) remote = next->incarnation.remote;

    const Error error = stack_.connect(socket, {peer_, remote}, now, out_);
    if (error == Error::none) {
        if (next != known_.end() && succeeds) {
            next->begun = true;
            next->incarnation.local = stack_.find(socket)->local().port;
        }
        finish(now, std::nullopt);
        return "EINPROGRESS";
    }
    close(now);
    // To connect(2), a four-tuple that is taken is an address that it cannot have.
    return error == Error::address_in_use ? "EADDRNOTAVAIL" : errno_name(error);
}

std::string Host::accept()
{
    if (listeners_.empty()) throw Unsupported{"accept without a listener"};
    for (auto listener = listeners_.rbegin(); listener != listeners_.rend(); ++listener) {
        const Stack::Opened opened = stack_.accept(listener->socket);
        if (opened.error == Error::would_block) continue;
        if (opened.error != Error::none) return errno_name(opened.error);
        open_.push_back(opened.socket);
        return "ok";
    }
    return "EAGAIN";
}

/// Whether getsockopt(SO_ERROR) has told of an error already, which a call then does not tell again.
bool Host::told_before(SocketId socket, Error error)
{
    return error != Error::none && std::erase(told_, std::pair(socket, error)) > 0;
}

std::string Host::read(Time now)
{
    std::vector<std::uint8_t> into(read_at_most);
    Transfer got = stack_.receive(newest(), into, now, out_);
    if (told_before(newest(), got.error)) got = stack_.receive(newest(), into, now, out_);
    finish(now, std::nullopt);
    if (got.octets > 0) return std::to_string(got.octets);
    const bool at_the_end = got.error == Error::closing || got.error == Error::does_not_exist;
    return at_the_end ? "EOF" : errno_name(got.error);
}

std::string Host::write(const Call& call, const std::string& expected, Time now)
{
    // How much was given to write is not said by "write" alone: then as much as it took, or one octet.
    std::size_t count = call.count;
    if (!call.counted) count = expected.find_first_not_of("0123456789") == std::string::npos ? std::stoul(expected) : 1;
    std::vector<std::uint8_t> octets(count);
    std::iota(octets.begin(), octets.end(), std::uint8_t{0});
    Transfer put = stack_.send(newest(), octets, now, out_);
    if (told_before(newest(), put.error)) put = stack_.send(newest(), octets, now, out_);
    finish(now, std::nullopt);
    if (put.octets > 0 || put.error == Error::none) return std::to_string(put.octets);
    if (put.error == Error::does_not_exist) return "EPIPE";          // it was connected before
    if (put.error == Error::insufficient_resources) return "EAGAIN"; // the socket does not block
    return errno_name(put.error);
}

std::string Host::shutdown(Time now)
{
    const Error error = stack_.shutdown(newest(), now, out_);
    finish(now, std::nullopt);
    return errno_name(error);
}

std::string Host::close(Time now)
{
    if (open_.empty()) return close_listener(now);
    stack_.close(open_.back(), now, out_);
    const auto connection = stack_.find(open_.back());
    if (connection && connection->lingers()) lingered_ = {now, never};
    open_.pop_back();
    finish(now, std::nullopt);
    return "ok"; // close() has no bad news
}

/// "ok" where it has returned as late as the timer of a kernel may be.
std::string Host::close_returned(Time now) const
{
    if (!lingered_) throw Unsupported{"a close that returns and was not called"};
    const auto [called, returned] = *lingered_;
    if (returned == never) return "it still waits";
    return now - returned <= Tolerance::late(returned - called) ? "ok" : "it returned earlier";
}

std::string Host::close_listener(Time now)
{
    if (listeners_.empty()) throw Unsupported{"a call on a socket that no line made"};
    stack_.close(listeners_.back().socket, now, out_);
    listeners_.pop_back();
    finish(now, std::nullopt);
    return "ok";
}

/// Of the newest socket; where there is none yet, of the listener, whose children inherit it.
std::string Host::set_option(const Call& call, Time now)
{
    const bool of_listener = open_.empty() && !listeners_.empty();
    const SocketId socket = of_listener ? listeners_.back().socket : newest();
    Profile profile = stack_.profile();
    profile.connection = stack_.find(socket)->options();
    for (const auto& [name, value] : call.switches)
        if (!set_sysctl(profile, name, value)) throw Unsupported{std::string(name).append(" = ").append(value)};
    const Error error = stack_.set_options(socket, profile.connection, now, out_);
    finish(now, std::nullopt);
    return errno_name(error);
}

std::string Host::get_error()
{
    const auto connection = stack_.find(newest());
    const Error error = connection ? connection->signalled() : Error::none;
    const bool told = std::find(told_.begin(), told_.end(), std::pair(newest(), error)) != told_.end();
    if (error == Error::none || error == Error::closing || told) return "ok";
    told_.emplace_back(newest(), error);
    return errno_name(error);
}

} // namespace tcpsm::kernel
