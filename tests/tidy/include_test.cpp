// A folder is a layer, and Boost.MSM stays in its corner.

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tidy/source.hpp"

using namespace tidy;

namespace {

// A file includes only its own layer and the ones above it in this list.
constexpr std::array<std::string_view, 8> layers{"time", "wire",    "machine", "connection",
                                                 "host", "network", "trace",   "scenario"};

std::optional<std::size_t> layer_of(std::string_view folder)
{
    const auto* at = std::find(layers.begin(), layers.end(), folder);
    if (at == layers.end()) return std::nullopt;
    return static_cast<std::size_t>(at - layers.begin());
}

std::string_view without(std::string_view prefix, std::string_view path)
{
    return path.starts_with(prefix) ? path.substr(prefix.size()) : path;
}

std::string_view first_folder(std::string_view path)
{
    return path.substr(0, std::min(path.find('/'), path.size()));
}

void check_layers(const Source& source, std::string_view prefix)
{
    const std::string_view inside = without(prefix, source.path);
    if (inside.find('/') == std::string_view::npos) return; // tcpsm.hpp includes them all
    const auto own = layer_of(first_folder(inside));
    if (!own) return complain(source, 1, "lies in a folder that is no layer");
    for (const Include& include : includes(source)) {
        const std::string_view path = without("tcpsm/", include.what);
        const auto layer = layer_of(first_folder(path));
        const bool ours = include.what.starts_with("tcpsm/") || include.what == "tcpsm.hpp";
        if (layer ? *layer > *own : ours) complain(source, include.line, "includes a lower layer: " + include.what);
    }
}

} // namespace

TEST_CASE("a file of the library: includes only its own layer and those above it")
{
    const auto headers = cpp_files_in("libtcpsm/include/tcpsm");
    const auto sources = cpp_files_in("libtcpsm/src");
    CHECK(headers.size() + sources.size() > 40);
    for (const Source& source : headers) check_layers(source, "libtcpsm/include/tcpsm/");
    for (const Source& source : sources) check_layers(source, "libtcpsm/src/");
}

TEST_CASE("a file of viz: includes only its own layer and those above it")
{
    // The last two stand beside each other.
    constexpr std::array<std::string_view, 8> order{"words",   "files",  "replay", "diagram",
                                                    "explain", "export", "cli",    "app"};
    const auto place = [&](std::string_view folder) {
        const auto* at = std::find(order.begin(), order.end(), folder);
        return static_cast<std::size_t>(at - order.begin());
    };
    for (const Source& source : cpp_files_in("viz")) {
        const std::size_t own = place(first_folder(without("viz/", source.path)));
        CHECK(own < order.size());
        for (const Include& include : includes(source)) {
            const std::size_t other = place(first_folder(include.what));
            const bool siblings = own + 1 == order.size() && other + 2 == order.size();
            if (other < order.size() && (other > own || siblings))
                complain(source, include.line, "includes a lower layer: " + include.what);
        }
    }
}

TEST_CASE("the drawing library: is known to the panels and the platform alone, and its version to one file")
{
    for (const Source& source : cpp_files_in("viz")) {
        const bool draws = source.path.starts_with("viz/app/") && !source.path.starts_with("viz/app/session/");
        for (const Include& include : includes(source))
            if (include.what.starts_with("imgui") && !draws) complain(source, include.line, "includes " + include.what);
        const bool asks = source.text.find("IMGUI_VERSION_NUM") != std::string::npos;
        if (asks && source.path != "viz/app/platform/imgui_compat.hpp") complain(source, 1, "asks for its version");
    }
}

TEST_CASE("a public header: includes public headers and the standard library, and no Boost")
{
    for (const Source& source : cpp_files_in("libtcpsm/include")) {
        if (source.path.ends_with("/asio.hpp")) continue; // optional, and about Boost.Asio
        for (const Include& include : includes(source)) {
            const bool standard = include.what.find('/') == std::string::npos && !include.what.ends_with(".hpp");
            if (!standard && !include.what.starts_with("tcpsm/"))
                complain(source, include.line, "includes " + include.what);
        }
    }
}

// A header's own include line: "tcpsm/wire/seq.hpp".
std::string named(const Source& header)
{
    return std::string(without("libtcpsm/include/", header.path));
}

TEST_CASE("tcpsm.hpp: includes every public header but those of tcpsm::scenario")
{
    const std::vector<Source> headers = cpp_files_in("libtcpsm/include");
    std::set<std::string> reached;
    std::vector<std::string> ahead{"tcpsm/tcpsm.hpp"};
    while (!ahead.empty()) {
        const std::string next = ahead.back();
        ahead.pop_back();
        if (!reached.insert(next).second) continue;
        for (const Source& header : headers)
            if (named(header) == next)
                for (const Include& include : includes(header)) ahead.push_back(include.what);
    }
    for (const Source& header : headers)
        if (header.path.find("/scenario/") == std::string::npos && !reached.contains(named(header)))
            complain(header, 1, "is not included by tcpsm.hpp");
        else if (header.path.find("/scenario/") != std::string::npos && reached.contains(named(header)))
            complain(header, 1, "is included by tcpsm.hpp");
}

TEST_CASE("a public header: shows what it declares to whoever links the shared library")
{
    const auto count = [](const Source& header, std::string_view what) {
        std::size_t times = 0;
        for (auto at = header.text.find(what); at != std::string::npos; at = header.text.find(what, at + 1)) ++times;
        return times;
    };
    for (const Source& header : cpp_files_in("libtcpsm/include")) {
        const std::size_t opened = count(header, "\nnamespace tcpsm {\n");
        if (count(header, "\n#pragma GCC visibility push(default)\nnamespace tcpsm {\n") != opened ||
            count(header, "\n} // namespace tcpsm\n#pragma GCC visibility pop\n") != opened)
            complain(header, 1, "has a namespace that is not visible from outside");
    }
}

TEST_CASE("Boost.MSM's state machine: is included by exactly one file")
{
    std::string only;
    for (const std::string_view folder : {"libtcpsm", "viz", "examples", "tests"})
        for (const Source& source : cpp_files_in(std::string(folder)))
            for (const Include& include : includes(source)) {
                if (!include.what.starts_with("boost/msm/back")) continue;
                if (!only.empty() && only != source.path)
                    complain(source, include.line, "includes " + include.what + ", and so does " + only);
                only = source.path;
            }
    CHECK(only == "libtcpsm/src/machine/machine.cpp");
}

TEST_CASE("a source: is included by no other")
{
    int files = 0;
    for (const std::string_view folder : {"libtcpsm", "viz", "examples", "tests"})
        for (const Source& source : cpp_files_in(std::string(folder))) {
            ++files;
            for (const Include& include : includes(source))
                if (include.what.ends_with(".cpp")) complain(source, include.line, "includes " + include.what);
        }
    CHECK(files > 400);
}

TEST_CASE("a header: begins with pragma once")
{
    for (const std::string_view folder : {"libtcpsm", "viz", "examples", "tests"})
        for (const Source& source : cpp_files_in(std::string(folder)))
            if (source.is_header() && !source.text.starts_with("#pragma once\n"))
                complain(source, 1, "does not begin with #pragma once");
}
