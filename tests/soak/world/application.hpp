#pragma once
// An application on one host: it sends its text in pieces, reads what comes, and closes its half when it has sent
// everything and its time has come.

#include <string>
#include <system_error>

#include "soak/world/chance.hpp"
#include "soak/world/plan.hpp"
#include "tcpsm/network/network.hpp"

namespace tcpsm::soak {

class Application {
public:
    Application(const ApplicationPlan& plan, char first_letter, std::uint64_t seed);

    /// The connection that it uses from now on.
    void use(Socket socket) { socket_ = socket; }
    /// Does what it wants to do at this moment.
    void act(Time now);
    /// It will do something more, even where nothing happens to its connection any more.
    [[nodiscard]] bool busy() const;
    /// When it acts next by itself.
    Duration naps() { return 1ms * chance_.between(1, 1500); }

    [[nodiscard]] const Socket& socket() const { return socket_; }
    [[nodiscard]] const std::string& text() const { return text_; } ///< all that it has to send
    [[nodiscard]] std::size_t sent() const { return sent_; }        ///< how much of it SEND took
    [[nodiscard]] std::error_code told() const { return told_; }    ///< that the connection failed
    [[nodiscard]] bool heard_end() const { return heard_end_; }     ///< when CLOSED, a call answered "closing"

private:
    void read(Time now);
    void write();
    void note(std::error_code error);

    ApplicationPlan plan_;
    Chance chance_;
    Chance urgency_; // of its own, so that the other numbers do not depend on it
    Socket socket_{};
    std::string text_;
    std::size_t sent_ = 0;
    bool closed_ = false;
    bool heard_end_ = false;
    bool over_ = false; // it knows that its connection is CLOSED
    std::uint32_t pauses_ = 0;
    Time paused_until_{};
    bool paused_ = false;
    std::error_code told_{};
};

} // namespace tcpsm::soak
