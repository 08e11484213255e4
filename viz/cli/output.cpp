#include "cli/output.hpp"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

#include <unistd.h>

#include "cli/command.hpp"

namespace tcpsm::cli {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void cannot_write(const std::string& what, int error)
{
    if (error == EPIPE) throw CommandError("");
    throw CommandError("tcpsm: cannot write " + what + ": " + std::strerror(error)); // NOLINT(concurrency-mt-unsafe)
}

/// The errno of what went wrong; 0 for nothing.
int write_all(std::FILE* file, std::string_view text)
{
    errno = 0;
    const bool written = std::fwrite(text.data(), 1, text.size(), file) == text.size() && std::fflush(file) == 0;
    if (written) return 0;
    return errno != 0 ? errno : EIO;
}

struct Close {
    void operator()(std::FILE* file) const { static_cast<void>(std::fclose(file)); }
};
using File = std::unique_ptr<std::FILE, Close>;

int write_and_close(std::FILE* opened, std::string_view text)
{
    File file(opened);
    if (const int error = write_all(file.get(), text)) return error;
    return std::fclose(file.release()) == 0 ? 0 : errno;
}

/// Makes a file with a text in it. Answers the errno of what went wrong, and then there is no file; 0 for nothing.
int create(std::string_view text, const std::string& path)
{
    std::FILE* file = std::fopen(path.c_str(), "wbx");
    if (file == nullptr) return errno;
    const int error = write_and_close(file, text);
    std::error_code ignored;
    if (error != 0) fs::remove(path, ignored);
    return error;
}

/// Writes what is there already and is no regular file.
int write_to(std::string_view text, const std::string& path)
{
    std::FILE* file = std::fopen(path.c_str(), "wb");
    return file == nullptr ? errno : write_and_close(file, text);
}

/// While it lives, Ctrl-C waits: a file that is half written would stay behind.
class InterruptsWait {
public:
    InterruptsWait()
    {
        sigset_t interrupts;
        sigemptyset(&interrupts);
        for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&interrupts, signal);
        sigprocmask(SIG_BLOCK, &interrupts, &before_);
    }
    ~InterruptsWait() { sigprocmask(SIG_SETMASK, &before_, nullptr); }
    InterruptsWait(const InterruptsWait&) = delete;
    InterruptsWait& operator=(const InterruptsWait&) = delete;

private:
    sigset_t before_{};
};

void replace_file(std::string_view text, const std::string& path)
{
    std::error_code ignored;
    const fs::path target = fs::exists(path, ignored) ? fs::canonical(path, ignored) : fs::path(path); // behind a link
    const fs::path beside = target.string() + ".tcpsm-" + std::to_string(getpid());

    const InterruptsWait wait;
    if (const int error = create(text, beside.string())) cannot_write(path, error);
    if (const fs::file_status status = fs::status(target, ignored); fs::exists(status))
        fs::permissions(beside, status.permissions(), ignored);
    std::error_code error;
    fs::rename(beside, target, error);
    if (!error) return;
    fs::remove(beside, ignored);
    cannot_write(path, error.value());
}

} // namespace

void print(std::string_view text)
{
    if (const int error = write_all(stdout, text)) cannot_write("to standard output", error);
}

void write_output(std::string_view text, const std::string& path)
{
    if (path.empty() || path == "-") return print(text);
    std::error_code ignored;
    const fs::file_status there = fs::status(path, ignored);
    if (!fs::exists(there) || fs::is_regular_file(there)) return replace_file(text, path);
    if (const int error = write_to(text, path)) cannot_write(path, error);
}

void write_new_file(std::string_view text, const std::string& path)
{
    const InterruptsWait wait;
    const int error = create(text, path);
    if (error == EEXIST) throw CommandError("tcpsm: " + path + " is there already, and stays as it is");
    if (error != 0) cannot_write(path, error);
}

} // namespace tcpsm::cli
