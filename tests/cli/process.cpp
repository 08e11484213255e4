#include "cli/process.hpp"

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "support/places.hpp"

namespace {

const std::string program = tcpsm::test::in_build("tcpsm");

struct Close {
    void operator()(std::FILE* file) const { static_cast<void>(std::fclose(file)); }
};
using File = std::unique_ptr<std::FILE, Close>;

void must(bool so, const std::string& what)
{
    if (!so) throw std::runtime_error("cannot " + what);
}

std::string all_of(std::FILE* file)
{
    std::rewind(file);
    std::string text;
    std::array<char, 4096> some{};
    while (const std::size_t count = std::fread(some.data(), 1, some.size(), file)) text.append(some.data(), count);
    return text;
}

/// What posix_spawn wants: pointers, with a null at the end.
std::vector<char*> pointers(std::vector<std::string>& texts)
{
    std::vector<char*> result;
    result.reserve(texts.size() + 1);
    for (std::string& text : texts) result.push_back(text.data());
    result.push_back(nullptr);
    return result;
}

/// Ours, without what would colour the output or choose its width.
std::vector<std::string> environment(const std::vector<std::string>& added)
{
    std::vector<std::string> all;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string text(*entry);
        if (!text.starts_with("NO_COLOR=") && !text.starts_with("TERM=")) all.push_back(text);
    }
    all.insert(all.end(), added.begin(), added.end());
    all.emplace_back("TERM=xterm"); // last, because the first one of a name counts
    return all;
}

int spawn(const std::vector<std::string>& arguments, const std::vector<std::string>& added,
          posix_spawn_file_actions_t& actions, const posix_spawnattr_t* attributes)
{
    std::vector<std::string> words{"tcpsm"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<std::string> variables = environment(added);
    pid_t pid = -1;
    const int error =
        posix_spawn(&pid, program.c_str(), &actions, attributes, pointers(words).data(), pointers(variables).data());
    posix_spawn_file_actions_destroy(&actions);
    must(error == 0, "run " + program);
    return pid;
}

int wait_for(int pid)
{
    int status = 0;
    must(waitpid(pid, &status, 0) == pid, "wait for tcpsm");
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

} // namespace

Finished command(const std::vector<std::string>& arguments, const Around& around)
{
    const File in(std::tmpfile());
    const File out(std::tmpfile());
    const File err(std::tmpfile());
    must(in && out && err, "make temporary files");
    std::fwrite(around.input.data(), 1, around.input.size(), in.get());
    std::rewind(in.get());

    posix_spawn_file_actions_t actions{};
    posix_spawn_file_actions_init(&actions);
    if (!around.folder.empty()) posix_spawn_file_actions_addchdir_np(&actions, around.folder.c_str());
    posix_spawn_file_actions_adddup2(&actions, fileno(in.get()), STDIN_FILENO);
    std::array<int, 2> ends{-1, -1};
    if (around.closed_pipe) {
        must(pipe2(ends.data(), O_CLOEXEC) == 0, "make a pipe");
        close(ends[0]);
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    } else if (!around.out_to.empty()) {
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, around.out_to.c_str(), O_WRONLY, 0);
    } else {
        posix_spawn_file_actions_adddup2(&actions, fileno(out.get()), STDOUT_FILENO);
    }
    posix_spawn_file_actions_adddup2(&actions, fileno(err.get()), STDERR_FILENO);

    Finished finished;
    finished.status = wait_for(spawn(arguments, around.environment, actions, nullptr));
    if (ends[1] >= 0) close(ends[1]);
    finished.out = all_of(out.get());
    finished.err = all_of(err.get());
    return finished;
}

Folder::Folder()
{
    std::string name = (std::filesystem::temp_directory_path() / "tcpsm-XXXXXX").string();
    must(mkdtemp(name.data()) != nullptr, "make a folder");
    path_ = name;
}

Folder::~Folder()
{
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string Folder::file(std::string_view name, std::string_view text) const
{
    std::ofstream(file(name), std::ios::binary) << text;
    return file(name);
}

std::string contents(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> lines(const std::string& text)
{
    std::istringstream stream(text);
    std::vector<std::string> all;
    for (std::string line; std::getline(stream, line);) all.push_back(line);
    return all;
}

bool has(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

std::string squeezed(const std::string& text)
{
    std::string result;
    for (const char c : text) {
        if (c == ' ' && (result.empty() || result.back() == ' ' || result.back() == '\n')) continue;
        if (c == '\n' && !result.empty() && result.back() == ' ') result.pop_back();
        result += c;
    }
    return result;
}

// ---- a terminal -----------------------------------------------------------------------------------------------------

Terminal::Terminal(const std::vector<std::string>& arguments, unsigned short columns,
                   const std::vector<std::string>& added)
{
    master_ = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    must(master_ >= 0 && grantpt(master_) == 0 && unlockpt(master_) == 0, "make a terminal");
    std::array<char, 128> name{};
    must(ptsname_r(master_, name.data(), name.size()) == 0, "name a terminal");
    winsize window{};
    window.ws_row = 40;
    window.ws_col = columns;
    must(ioctl(master_, TIOCSWINSZ, &window) == 0, "size a terminal");

    posix_spawnattr_t attributes{};
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID); // so that the terminal it opens is its own, for Ctrl-C
    posix_spawn_file_actions_t actions{};
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, name.data(), O_RDWR, 0);
    posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDERR_FILENO);
    pid_ = spawn(arguments, added, actions, &attributes);
    posix_spawnattr_destroy(&attributes);
}

Terminal::~Terminal()
{
    if (pid_ > 0 && status_ < 0) {
        kill(pid_, SIGKILL);
        waitpid(pid_, nullptr, 0);
    }
    close(master_);
}

void Terminal::type(std::string_view keys) const
{
    must(write(master_, keys.data(), keys.size()) == static_cast<ssize_t>(keys.size()), "type");
}

bool Terminal::read_some()
{
    constexpr int patience = 20'000; // milliseconds; it answers in a few
    pollfd ready{master_, POLLIN, 0};
    must(poll(&ready, 1, patience) == 1, "read what tcpsm shows: it shows nothing more after\n" + read_);
    std::array<char, 4096> some{};
    const ssize_t count = read(master_, some.data(), some.size());
    if (count <= 0) return false; // its other end is closed
    read_.append(some.data(), static_cast<std::size_t>(count));
    return true;
}

std::string Terminal::read_until(std::string_view text)
{
    std::size_t found = std::string::npos;
    while ((found = read_.find(text)) == std::string::npos)
        must(read_some(), "find '" + std::string(text) + "' in what tcpsm shows:\n" + read_);
    std::string before = read_.substr(0, found + text.size());
    read_.erase(0, before.size());
    return before;
}

std::string Terminal::read_all()
{
    while (read_some()) {
    }
    return std::exchange(read_, {});
}

int Terminal::status()
{
    if (status_ < 0) status_ = wait_for(pid_);
    return status_;
}

bool Terminal::as_a_shell_expects() const
{
    termios settings{};
    must(tcgetattr(master_, &settings) == 0, "ask a terminal for its settings");
    return (settings.c_lflag & ICANON) != 0 && (settings.c_lflag & ECHO) != 0;
}
