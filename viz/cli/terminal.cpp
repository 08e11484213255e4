#include "cli/terminal.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>

#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

namespace tcpsm::cli {
namespace {

// A signal handler is given nothing but the signal's number, so what it has to restore stands here.
termios as_found{};
volatile std::sig_atomic_t changed = 0;
volatile std::sig_atomic_t interrupts = 0;

extern "C" void end_by_signal(int signal)
{
    if (changed != 0) {
        tcsetattr(STDIN_FILENO, TCSANOW, &as_found);
        [[maybe_unused]] const auto written = write(STDOUT_FILENO, "\n", 1); // the shell's prompt goes below ours
    }
    _exit(128 + signal);
}

extern "C" void note_interrupt(int signal)
{
    if (interrupts != 0) end_by_signal(signal);
    interrupts = 1;
}

extern "C" void continued(int) {} // its effect is that a waiting read() returns

std::string_view environment(const char* name)
{
    const char* value = std::getenv(name); // NOLINT(concurrency-mt-unsafe): there is one thread
    return value == nullptr ? std::string_view{} : value;
}

std::size_t width_of(int terminal)
{
    winsize size{};
    if (isatty(terminal) == 0) return 0;
    if (ioctl(terminal, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
    return size.ws_col;
}

void take_keys_singly()
{
    termios single = as_found;
    single.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
    single.c_cc[VMIN] = 1;
    single.c_cc[VTIME] = 0;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &single);
}

int read_octet()
{
    unsigned char octet = 0;
    const ssize_t count = ::read(STDIN_FILENO, &octet, 1);
    return count == 1 ? octet : Keys::end;
}

// An arrow is ESC [ A to D. What else begins with ESC is skipped.
int read_arrow()
{
    if (read_octet() != '[') return 0;
    switch (read_octet()) {
    case 'A':
    case 'D': return 'b';
    case 'B':
    case 'C': return 'n';
    default: return 0;
    }
}

} // namespace

bool coloured(Colour asked)
{
    if (asked != Colour::automatic) return asked == Colour::always;
    return isatty(STDOUT_FILENO) != 0 && environment("NO_COLOR").empty() && environment("TERM") != "dumb";
}

std::string painted(std::string_view text, std::string_view code, bool in_colour)
{
    if (!in_colour) return std::string(text);
    return "\x1b[" + std::string(code) + 'm' + std::string(text) + "\x1b[0m";
}

std::size_t terminal_width()
{
    return width_of(STDOUT_FILENO);
}

std::size_t standard_error_width()
{
    return environment("TERM") == "dumb" ? 0 : width_of(STDERR_FILENO);
}

bool interactive()
{
    return isatty(STDIN_FILENO) != 0 && isatty(STDOUT_FILENO) != 0;
}

void handle_signals()
{
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) std::signal(signal, end_by_signal);
    std::signal(SIGPIPE, SIG_IGN);
    struct sigaction action {};
    action.sa_handler = continued;
    sigaction(SIGCONT, &action, nullptr); // without SA_RESTART
}

InterruptNoted::InterruptNoted()
{
    interrupts = 0;
    std::signal(SIGINT, note_interrupt);
}

InterruptNoted::~InterruptNoted()
{
    std::signal(SIGINT, end_by_signal);
}

bool InterruptNoted::seen() const
{
    return interrupts != 0;
}

Keys::Keys()
{
    tcgetattr(STDIN_FILENO, &as_found);
    changed = 1;
    take_keys_singly();
}

Keys::~Keys()
{
    tcsetattr(STDIN_FILENO, TCSADRAIN, &as_found);
    changed = 0;
}

int Keys::next() const
{
    constexpr int end_of_transmission = 4; // Ctrl-D
    constexpr int escape = 27;
    while (true) {
        take_keys_singly(); // again, because a process that was stopped finds its terminal changed
        const int key = read_octet();
        if (key == end && errno == EINTR) continue;
        if (key == end_of_transmission) return end;
        if (key != escape) return key;
        if (const int arrow = read_arrow(); arrow != 0) return arrow;
    }
}

} // namespace tcpsm::cli
