#include "files/suggest.hpp"

#include <algorithm>
#include <numeric>

namespace tcpsm::viz {
namespace {

/// How many letters must be added, left out, changed or swapped with their neighbour to make one word of the other.
std::size_t distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> before_last(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(last.begin(), last.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
        before_last.swap(last);
        last.swap(row);
    }
    return last[b.size()];
}

} // namespace

std::string did_you_mean(std::string_view word, const std::vector<std::string>& known)
{
    std::string_view nearest;
    std::size_t least = word.size() / 3 + 2; // a third of the letters may be wrong, and one
    for (const std::string& candidate : known) {
        const std::size_t d = distance(word, candidate);
        if (d >= least || d >= candidate.size()) continue;
        least = d;
        nearest = candidate;
    }
    return nearest.empty() ? std::string() : "; did you mean '" + std::string(nearest) + "'?";
}

} // namespace tcpsm::viz
