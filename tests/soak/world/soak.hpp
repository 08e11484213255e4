#pragma once
// One run of the world that a seed stands for, with every invariant asked after every event.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "soak/world/application.hpp"
#include "soak/world/plan.hpp"
#include "soak/world/witness.hpp"
#include "tcpsm/network/network.hpp"

namespace tcpsm::soak {

class Soak {
public:
    explicit Soak(std::uint64_t seed);

    /// Runs to the end, or to the first thing that is wrong: the answer, empty where all is well.
    [[nodiscard]] std::string run();
    /// Somebody was told that the connection failed.
    [[nodiscard]] bool failed();
    [[nodiscard]] std::size_t events() const { return events_; }
    [[nodiscard]] const Plan& plan() const { return plan_; }
    [[nodiscard]] const Network& network() const { return net_; }

private:
    void open();
    void accept();
    void act(std::size_t host);
    std::string violation();
    std::string unfinished();
    std::string undelivered(std::size_t sender);
    [[nodiscard]] Socket end(std::size_t host) const;
    Account& account(std::size_t host) { return witness_.of(host, number_[host]); }

    Plan plan_;
    Network net_;
    std::array<Host, hosts> host_;
    std::array<Application, hosts> application_;
    std::array<Time, hosts> wakes_{};
    std::array<std::uint32_t, hosts> number_{}; // of the connection that the application has
    Witness witness_;
    Socket listener_{};
    std::size_t events_ = 0;
};

/// What went wrong with a seed: the seed, what was drawn from it, and the ladder; nothing where all is well.
struct Finding {
    std::string wrong;
    std::string report;
};
struct Outcome {
    std::optional<Finding> finding{};
    bool failed = false;
    std::size_t events = 0;
};
Outcome run_seed(std::uint64_t seed);

} // namespace tcpsm::soak
