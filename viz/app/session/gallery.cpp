#include "app/session/gallery.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <iterator>

#include "files/scenarios.hpp"

namespace tcpsm::viz {
namespace {

namespace fs = std::filesystem;

struct Place {
    Phrase group{};
    std::string_view name;
    Phrase called{};
};

// The order of the course. What is not named here comes last, by name.
constexpr std::array<Place, 71> course{{
    {Phrase::group_life, "three-way-handshake", Phrase::scenario_three_way_handshake},
    {Phrase::group_life, "four-way-teardown", Phrase::scenario_four_way_teardown},
    {Phrase::group_life, "server-closes-first", Phrase::scenario_server_closes_first},
    {Phrase::group_life, "three-segment-teardown", Phrase::scenario_three_segment_teardown},
    {Phrase::group_life, "half-close", Phrase::scenario_half_close},
    {Phrase::group_life, "simultaneous-open", Phrase::scenario_simultaneous_open},
    {Phrase::group_life, "simultaneous-close", Phrase::scenario_simultaneous_close},
    {Phrase::group_life, "self-connect", Phrase::scenario_self_connect},
    {Phrase::group_life, "close-in-syn-sent", Phrase::scenario_close_in_syn_sent},
    {Phrase::group_life, "close-in-syn-received", Phrase::scenario_close_in_syn_received},
    {Phrase::group_life, "close-in-syn-received-data", Phrase::scenario_close_in_syn_received_data},
    {Phrase::group_life, "abort", Phrase::scenario_abort},
    {Phrase::group_life, "connection-refused", Phrase::scenario_connection_refused},
    {Phrase::group_loss, "lost-syn", Phrase::scenario_lost_syn},
    {Phrase::group_loss, "lost-syn-ack", Phrase::scenario_lost_syn_ack},
    {Phrase::group_loss, "lost-handshake-ack-resent", Phrase::scenario_lost_handshake_ack_resent},
    {Phrase::group_loss, "lost-handshake-ack-data", Phrase::scenario_lost_handshake_ack_data},
    {Phrase::group_loss, "lost-fin", Phrase::scenario_lost_fin},
    {Phrase::group_loss, "lost-ack-of-fin", Phrase::scenario_lost_ack_of_fin},
    {Phrase::group_loss, "lost-final-ack", Phrase::scenario_lost_final_ack},
    {Phrase::group_loss, "lost-final-ack-without-time-wait", Phrase::scenario_lost_final_ack_without_time_wait},
    {Phrase::group_loss, "lost-final-ack-forever", Phrase::scenario_lost_final_ack_forever},
    {Phrase::group_loss, "reordered-fin", Phrase::scenario_reordered_fin},
    {Phrase::group_loss, "duplicated-segments-assassinated", Phrase::scenario_duplicated_segments_assassinated},
    {Phrase::group_loss, "duplicated-segments-protected", Phrase::scenario_duplicated_segments_protected},
    {Phrase::group_loss, "peer-reboot-half-open", Phrase::scenario_peer_reboot_half_open},
    {Phrase::group_loss, "peer-reboot-half-open-reconnect", Phrase::scenario_peer_reboot_half_open_reconnect},
    {Phrase::group_loss, "data-loss-recovery-timeout", Phrase::scenario_data_loss_recovery_timeout},
    {Phrase::group_loss, "data-loss-recovery-fast-retransmit", Phrase::scenario_data_loss_recovery_fast_retransmit},
    {Phrase::group_loss, "sack-two-holes", Phrase::scenario_sack_two_holes},
    {Phrase::group_loss, "zero-window", Phrase::scenario_zero_window},
    {Phrase::group_loss, "connect-timeout-127s", Phrase::scenario_connect_timeout_127s},
    {Phrase::group_loss, "connect-timeout-131s", Phrase::scenario_connect_timeout_131s},
    {Phrase::group_loss, "peer-crash-while-sending-rfc9293", Phrase::scenario_peer_crash_while_sending_rfc9293},
    {Phrase::group_loss, "peer-crash-while-sending-linux", Phrase::scenario_peer_crash_while_sending_linux},
    {Phrase::group_loss, "peer-crash-idle-keepalive", Phrase::scenario_peer_crash_idle_keepalive},
    {Phrase::group_loss, "process-killed-all-read", Phrase::scenario_process_killed_all_read},
    {Phrase::group_loss, "process-killed-unread", Phrase::scenario_process_killed_unread},
    {Phrase::group_data, "slow-start", Phrase::scenario_slow_start},
    {Phrase::group_data, "nagle-and-delayed-ack", Phrase::scenario_nagle_and_delayed_ack},
    {Phrase::group_time_wait, "old-duplicate-corrupts", Phrase::scenario_old_duplicate_corrupts},
    {Phrase::group_time_wait, "old-fin-kills-successor", Phrase::scenario_old_fin_kills_successor},
    {Phrase::group_time_wait, "old-duplicate-refused-time-wait", Phrase::scenario_old_duplicate_refused_time_wait},
    {Phrase::group_time_wait, "old-duplicate-refused-timestamps", Phrase::scenario_old_duplicate_refused_timestamps},
    {Phrase::group_time_wait, "old-duplicate-syn", Phrase::scenario_old_duplicate_syn},
    {Phrase::group_time_wait, "time-wait-assassination-unprotected",
     Phrase::scenario_time_wait_assassination_unprotected},
    {Phrase::group_time_wait, "time-wait-assassination-protected", Phrase::scenario_time_wait_assassination_protected},
    {Phrase::group_time_wait, "fin-wait-2-timeout-orphaned", Phrase::scenario_fin_wait_2_timeout_orphaned},
    {Phrase::group_time_wait, "fin-wait-2-timeout-held", Phrase::scenario_fin_wait_2_timeout_held},
    {Phrase::group_time_wait, "linger-default", Phrase::scenario_linger_default},
    {Phrase::group_time_wait, "linger-zero", Phrase::scenario_linger_zero},
    {Phrase::group_time_wait, "linger-timeout", Phrase::scenario_linger_timeout},
    {Phrase::group_time_wait, "tw-buckets-overflow", Phrase::scenario_tw_buckets_overflow},
    {Phrase::group_time_wait, "time-wait-blocks-port", Phrase::scenario_time_wait_blocks_port},
    {Phrase::group_time_wait, "tw-reuse-connect", Phrase::scenario_tw_reuse_connect},
    {Phrase::group_time_wait, "tw-reuse-accept", Phrase::scenario_tw_reuse_accept},
    {Phrase::group_time_wait, "tw-recycle-nat", Phrase::scenario_tw_recycle_nat},
    {Phrase::group_attack, "blind-reset-guessed", Phrase::scenario_blind_reset_guessed},
    {Phrase::group_attack, "blind-reset-exact", Phrase::scenario_blind_reset_exact},
    {Phrase::group_attack, "blind-syn", Phrase::scenario_blind_syn},
    {Phrase::group_attack, "syn-flood-dropped", Phrase::scenario_syn_flood_dropped},
    {Phrase::group_attack, "syn-flood-cookies", Phrase::scenario_syn_flood_cookies},
    {Phrase::group_attack, "accept-queue-overflow-silent", Phrase::scenario_accept_queue_overflow_silent},
    {Phrase::group_attack, "accept-queue-overflow-abort", Phrase::scenario_accept_queue_overflow_abort},
    {Phrase::group_many, "port-exhaustion", Phrase::scenario_port_exhaustion},
    {Phrase::group_many, "server-side-time-wait", Phrase::scenario_server_side_time_wait},
    {Phrase::group_many, "http-short", Phrase::scenario_http_short},
    {Phrase::group_many, "http-keep-alive", Phrase::scenario_http_keep_alive},
    {Phrase::group_many, "close-wait-leak", Phrase::scenario_close_wait_leak},
    {Phrase::group_many, "unconnected-sockets-leak", Phrase::scenario_unconnected_sockets_leak},
    {Phrase::group_many, "netstat", Phrase::scenario_netstat},
}};

std::size_t place_of(std::string_view name)
{
    const auto* const found =
        std::find_if(course.begin(), course.end(), [&](const Place& p) { return p.name == name; });
    return static_cast<std::size_t>(found - course.begin());
}

char lower(char c)
{
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

bool contains(std::string_view text, std::string_view word)
{
    const auto same = [](char a, char b) { return lower(a) == lower(b); };
    return std::search(text.begin(), text.end(), word.begin(), word.end(), same) != text.end();
}

} // namespace

std::vector<GalleryEntry> read_gallery(const fs::path& folder)
{
    std::vector<GalleryEntry> entries;
    std::error_code ignored;
    for (const fs::path& file : scenarios_in(folder, ignored)) {
        const OpenedFile opened = open_scenario(file.string());
        const auto* const scenario = std::get_if<Scenario>(&opened.read);
        if (scenario == nullptr) continue;
        const std::string name = file.stem().string();
        const std::size_t place = place_of(name);
        GalleryEntry entry{opened.path, name, scenario->title, scenario->asks};
        if (place < course.size()) {
            entry.group = course[place].group;
            entry.called = course[place].called;
        }
        entries.push_back(std::move(entry));
    }
    std::sort(entries.begin(), entries.end(), [](const GalleryEntry& a, const GalleryEntry& b) {
        const std::size_t at_a = place_of(a.name);
        const std::size_t at_b = place_of(b.name);
        return at_a != at_b ? at_a < at_b : a.name < b.name;
    });
    return entries;
}

std::string_view short_name(const GalleryEntry& entry, Language language)
{
    if (entry.called) return phrase(language, *entry.called);
    return entry.title.empty() ? entry.name : entry.title;
}

bool fits(const GalleryEntry& entry, std::string_view filter, Language language)
{
    while (!filter.empty()) {
        const std::string_view word = filter.substr(0, filter.find(' '));
        filter.remove_prefix(std::min(word.size() + 1, filter.size()));
        if (!contains(entry.name, word) && !contains(entry.title, word) && !contains(entry.asks, word) &&
            !contains(short_name(entry, language), word))
            return false;
    }
    return true;
}

OpenedFile open_scenario(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    if (!file.is_open() || file.bad()) return {path, {}, read_scenario_file(path)}; // it says what is wrong
    auto read = read_scenario(text, path);
    return {path, std::move(text), std::move(read)};
}

FileWatch::FileWatch(fs::path path) : path_(std::move(path)), last_(stamp()) {}

bool FileWatch::changed()
{
    const auto now = stamp();
    if (!now || now == last_) return false;
    last_ = now;
    return true;
}

std::optional<FileWatch::Stamp> FileWatch::stamp() const
{
    if (path_.empty()) return std::nullopt;
    std::error_code error;
    const auto time = fs::last_write_time(path_, error);
    if (error) return std::nullopt;
    const auto size = fs::file_size(path_, error);
    if (error) return std::nullopt;
    return Stamp{time, size};
}

} // namespace tcpsm::viz
