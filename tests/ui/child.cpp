#include "ui/child.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <stdexcept>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ui/program.hpp"

namespace {

// In the new process, until it is the other program: nothing that allocates.
[[noreturn]] void become(char** arguments, char** environment, int output, int inherited, pid_t parent)
{
    prctl(PR_SET_PDEATHSIG, SIGTERM); // also where the test is killed
    if (getppid() != parent) _exit(1);
    dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
    dup2(output, STDERR_FILENO);
    if (inherited >= 0) fcntl(inherited, F_SETFD, 0);
    execvpe(arguments[0], arguments, environment);
    _exit(127);
}

} // namespace

Limit::Limit(int seconds) : timer_(timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC))
{
    const itimerspec when{.it_interval = {}, .it_value = {.tv_sec = seconds, .tv_nsec = 0}};
    if (timer_ < 0 || timerfd_settime(timer_, 0, &when, nullptr) != 0) throw std::runtime_error("no timer");
}

Limit::~Limit()
{
    close(timer_);
}

bool Limit::wait(std::vector<int> descriptors) const
{
    descriptors.push_back(timer_);
    std::vector<pollfd> watched;
    watched.reserve(descriptors.size());
    for (const int descriptor : descriptors) watched.push_back({descriptor, POLLIN, 0});
    while (poll(watched.data(), watched.size(), -1) < 0)
        if (errno != EINTR) throw std::runtime_error("cannot poll");
    return watched.back().revents == 0;
}

Child::Child(std::vector<std::string> arguments, std::vector<std::string> environment, int inherited)
{
    std::array<int, 2> ends{-1, -1};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    output_ = ends[0];
    fcntl(output_, F_SETFL, O_NONBLOCK);
    const std::vector<char*> all_arguments = pointers(arguments);
    const std::vector<char*> all_variables = pointers(environment);
    const pid_t parent = getpid();
    pid_ = fork();
    if (pid_ == 0)
        become(const_cast<char**>(all_arguments.data()), const_cast<char**>(all_variables.data()), ends[1], inherited,
               parent);
    close(ends[1]);
    if (pid_ < 0) throw std::runtime_error("cannot run " + arguments[0]);
}

Child::~Child()
{
    if (pid_ > 0) {
        kill(pid_, SIGTERM);
        if (wait(Limit(10)) < 0) {
            kill(pid_, SIGKILL);
            waitpid(pid_, nullptr, 0);
        }
    }
    close(output_);
}

bool Child::listen()
{
    std::array<char, 4096> octets{};
    ssize_t count = 0;
    while ((count = read(output_, octets.data(), octets.size())) > 0)
        said_.append(octets.data(), static_cast<std::size_t>(count));
    return count < 0;
}

int Child::wait(const Limit& limit)
{
    while (listen())
        if (!limit.wait({output_})) return -1;
    int status = 0;
    if (waitpid(pid_, &status, 0) != pid_) throw std::runtime_error("cannot wait");
    pid_ = -1;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
