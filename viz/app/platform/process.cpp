#include "app/platform/process.hpp"

#include <array>
#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ; // NOLINT(readability-redundant-declaration): POSIX wants the program to declare it

namespace tcpsm::viz {
namespace {

constexpr std::array<int, 3> ending{SIGINT, SIGTERM, SIGHUP};

// What a signal handler can reach, and no more: the signal that came, 0 where none did.
volatile std::sig_atomic_t came_signal = 0;

// What was before Signals.
std::array<struct sigaction, ending.size()> before{};
struct sigaction before_pipe {};

class Spawning {
public:
    Spawning(int input, const std::string& errors_to)
    {
        posix_spawn_file_actions_init(&actions_);
        posix_spawn_file_actions_adddup2(&actions_, input, STDIN_FILENO);
        posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
        posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, errors_to.c_str(), O_WRONLY | O_CREAT | O_TRUNC,
                                         0600);
        posix_spawnattr_init(&attributes_);
        posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
        posix_spawnattr_setpgroup(&attributes_, 0);
        sigset_t defaults{};
        sigemptyset(&defaults);
        sigaddset(&defaults, SIGPIPE); // that we ignore it is not inherited
        posix_spawnattr_setsigdefault(&attributes_, &defaults);
    }
    ~Spawning()
    {
        posix_spawn_file_actions_destroy(&actions_);
        posix_spawnattr_destroy(&attributes_);
    }
    Spawning(const Spawning&) = delete;
    Spawning& operator=(const Spawning&) = delete;

    int spawn(pid_t& pid, const std::vector<std::string>& arguments)
    {
        std::vector<char*> pointers;
        pointers.reserve(arguments.size() + 1);
        for (const std::string& argument : arguments) pointers.push_back(const_cast<char*>(argument.c_str()));
        pointers.push_back(nullptr);
        return posix_spawnp(&pid, pointers[0], &actions_, &attributes_, pointers.data(), environ);
    }

private:
    posix_spawn_file_actions_t actions_{};
    posix_spawnattr_t attributes_{};
};

} // namespace

Process::Process(const std::vector<std::string>& arguments, const std::string& errors_to)
{
    std::array<int, 2> ends{-1, -1};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) {
        start_error_ = errno;
        return;
    }
    start_error_ = Spawning(ends[0], errors_to).spawn(pid_, arguments);
    close(ends[0]);
    input_ = ends[1];
    if (start_error_ != 0) pid_ = -1;
}

Process::~Process()
{
    if (input_ >= 0) close(input_);
    if (pid_ <= 0) return;
    kill(pid_, SIGKILL);
    while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
}

bool Process::write(std::span<const unsigned char> octets) const
{
    while (!octets.empty()) {
        const ssize_t count = ::write(input_, octets.data(), octets.size());
        if (count < 0) return false;
        octets = octets.subspan(static_cast<std::size_t>(count));
        if (came_signal != 0) return false;
    }
    return true;
}

std::optional<bool> Process::finish()
{
    close(input_);
    input_ = -1;
    int status = 0;
    while (waitpid(pid_, &status, 0) < 0)
        if (errno != EINTR || came_signal != 0) return std::nullopt;
    pid_ = -1;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

Signals::Signals()
{
    came_signal = 0;
    struct sigaction note {};
    note.sa_handler = [](int signal) { came_signal = signal; };
    // Without SA_RESTART: a write that waits for the other program ends with it.
    for (std::size_t i = 0; i < ending.size(); ++i) {
        sigaction(ending[i], nullptr, &before[i]);
        // What we were started to ignore, as nohup does with SIGHUP, stays ignored.
        if (before[i].sa_handler != SIG_IGN) sigaction(ending[i], &note, nullptr);
    }
    struct sigaction ignore {};
    ignore.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &ignore, &before_pipe);
}

Signals::~Signals()
{
    for (std::size_t i = 0; i < ending.size(); ++i) sigaction(ending[i], &before[i], nullptr);
    sigaction(SIGPIPE, &before_pipe, nullptr);
    if (came_signal != 0) raise(came_signal);
}

bool Signals::came() const
{
    return came_signal != 0;
}

} // namespace tcpsm::viz
