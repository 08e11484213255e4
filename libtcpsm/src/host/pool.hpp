#pragma once
// Tables that may become large and small again.

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <utility>
#include <vector>

namespace tcpsm {

/// Makes room at the end of a table of many small records: an eighth more, so that little of a large one is unused.
template <class T>
void make_room(std::vector<T>& table)
{
    if (table.size() == table.capacity()) table.reserve(table.size() + table.size() / 8 + 16);
}

/// Places for values that come and go. A value has the same place until it is destroyed; chunks of places that are all
/// empty are given back, but for one.
template <class T, std::size_t PerChunk>
class Pool {
public:
    Pool() = default;
    Pool(const Pool& other) : with_room_(other.with_room_)
    {
        chunks_.reserve(other.chunks_.size());
        for (const Chunk& chunk : other.chunks_) {
            Chunk& copy = chunks_.emplace_back();
            copy.listed = chunk.listed;
            if (chunk.used == 0) continue;
            copy.places = std::make_unique<Places>();
            for (std::uint64_t rest = chunk.used; rest != 0; rest &= rest - 1) {
                const auto i = static_cast<std::size_t>(std::countr_zero(rest));
                new (copy.place(i)) T(*chunk.value(i));
            }
            copy.used = chunk.used;
        }
    }
    Pool(Pool&& other) noexcept { swap(other); }
    Pool& operator=(Pool other) noexcept
    {
        swap(other);
        return *this;
    }
    ~Pool()
    {
        for (Chunk& chunk : chunks_)
            for (std::uint64_t rest = chunk.used; rest != 0; rest &= rest - 1)
                chunk.value(static_cast<std::size_t>(std::countr_zero(rest)))->~T();
    }

    T& operator[](std::uint32_t place) { return *chunks_[place / PerChunk].value(place % PerChunk); }
    const T& operator[](std::uint32_t place) const { return *chunks_[place / PerChunk].value(place % PerChunk); }

    /// Makes a value of `arguments` and returns its place.
    template <class... Arguments>
    std::uint32_t make(Arguments&&... arguments)
    {
        const std::uint32_t number = chunk_with_room();
        Chunk& chunk = chunks_[number];
        const auto i = static_cast<std::size_t>(std::countr_one(chunk.used));
        new (chunk.place(i)) T(std::forward<Arguments>(arguments)...);
        chunk.used |= std::uint64_t{1} << i;
        return number * static_cast<std::uint32_t>(PerChunk) + static_cast<std::uint32_t>(i);
    }
    void destroy(std::uint32_t place)
    {
        const auto number = static_cast<std::uint32_t>(place / PerChunk);
        Chunk& chunk = chunks_[number];
        chunk.value(place % PerChunk)->~T();
        chunk.used &= ~(std::uint64_t{1} << (place % PerChunk));
        if (!chunk.listed) {
            chunk.listed = true;
            with_room_.push_back(number);
        }
        if (chunk.used != 0) return;
        spare_ = std::move(chunk.places); // one is kept, so that one value that comes and goes costs no allocation
    }
    [[nodiscard]] std::size_t memory() const
    {
        std::size_t octets = chunks_.capacity() * sizeof(Chunk) + with_room_.capacity() * sizeof(std::uint32_t);
        for (const Chunk& chunk : chunks_) octets += chunk.places != nullptr ? sizeof(Places) : 0;
        return octets + (spare_ != nullptr ? sizeof(Places) : 0);
    }

private:
    static_assert(PerChunk <= 64 && std::has_single_bit(PerChunk));
    static constexpr std::uint64_t all = ~std::uint64_t{0} >> (64 - PerChunk);

    struct Places {
        // User-provided, so that nothing is cleared. NOLINTNEXTLINE(modernize-use-equals-default)
        Places() {}
        alignas(T) std::array<std::byte, PerChunk * sizeof(T)> octets;
    };
    struct Chunk {
        std::unique_ptr<Places> places; // none where nothing is in it
        std::uint64_t used = 0;         // a bit for each place
        bool listed = false;            // in `with_room_`

        void* place(std::size_t i) { return places->octets.data() + i * sizeof(T); }
        T* value(std::size_t i) { return std::launder(reinterpret_cast<T*>(place(i))); }
        [[nodiscard]] const T* value(std::size_t i) const
        {
            return std::launder(reinterpret_cast<const T*>(places->octets.data() + i * sizeof(T)));
        }
    };

    std::uint32_t chunk_with_room()
    {
        while (!with_room_.empty() && chunks_[with_room_.back()].used == all) {
            chunks_[with_room_.back()].listed = false;
            with_room_.pop_back();
        }
        if (with_room_.empty()) {
            with_room_.push_back(static_cast<std::uint32_t>(chunks_.size()));
            chunks_.emplace_back().listed = true;
        }
        Chunk& chunk = chunks_[with_room_.back()];
        if (chunk.places == nullptr) chunk.places = spare_ != nullptr ? std::move(spare_) : std::make_unique<Places>();
        return with_room_.back();
    }
    void swap(Pool& other) noexcept
    {
        std::swap(chunks_, other.chunks_);
        std::swap(with_room_, other.with_room_);
        std::swap(spare_, other.spare_);
    }

    std::vector<Chunk> chunks_;
    std::vector<std::uint32_t> with_room_; // chunks with an empty place; those that have become full, too, in between
    std::unique_ptr<Places> spare_;
};

} // namespace tcpsm
