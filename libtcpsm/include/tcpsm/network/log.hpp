#pragma once
// An append-only sequence whose copies share what they have in common.

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#pragma GCC visibility push(default)
namespace tcpsm {

/// Plain values in chunks that are never written again once a copy can see them. Copying costs a pointer a chunk: the
/// copy shares them, and each takes a chunk of its own for the last, unfilled one before it appends. So a world and its
/// copy may be used in two threads.
template <class T, std::size_t ChunkSize = 256>
class Log {
    static_assert(std::is_trivially_copyable_v<T>);

public:
    Log() = default;
    Log(const Log& other) : size_(other.size_), shared_((size_ + ChunkSize - 1) / ChunkSize)
    {
        chunks_.assign(other.chunks_.begin(), other.chunks_.begin() + static_cast<std::ptrdiff_t>(shared_));
        other.shared_ = shared_;
    }
    Log(Log&& other) noexcept
        : chunks_(std::exchange(other.chunks_, {})),
          size_(std::exchange(other.size_, 0)),
          shared_(std::exchange(other.shared_, 0))
    {
    }
    Log& operator=(Log other) noexcept
    {
        chunks_.swap(other.chunks_);
        size_ = other.size_;
        shared_ = other.shared_;
        return *this;
    }
    ~Log() = default;

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool empty() const { return size_ == 0; }
    [[nodiscard]] const T& operator[](std::size_t i) const { return (*chunks_[i / ChunkSize])[i % ChunkSize]; }
    [[nodiscard]] const T& back() const { return (*this)[size_ - 1]; }

    void push_back(const T& value)
    {
        const std::size_t chunk = size_ / ChunkSize;
        if (chunk == chunks_.size()) chunks_.push_back(std::make_shared<Chunk>());
        if (chunk < shared_) unshare(chunk);
        (*chunks_[chunk])[size_ % ChunkSize] = value;
        ++size_;
    }
    void append(std::span<const T> values)
    {
        while (!values.empty()) {
            push_back(values.front()); // makes sure of the chunk
            const std::size_t room = std::min(values.size() - 1, (ChunkSize - size_ % ChunkSize) % ChunkSize);
            if (room > 0) std::copy_n(values.data() + 1, room, chunks_[size_ / ChunkSize]->data() + size_ % ChunkSize);
            size_ += room;
            values = values.subspan(room + 1);
        }
    }
    /// Empties it. What no copy can see is kept for the next values.
    void clear()
    {
        chunks_.erase(chunks_.begin(), chunks_.begin() + static_cast<std::ptrdiff_t>(shared_));
        shared_ = 0;
        size_ = 0;
    }

private:
    using Chunk = std::array<T, ChunkSize>;

    // Whoever has copied or been copied may not write into the last chunk any more: both could.
    void unshare(std::size_t chunk)
    {
        chunks_[chunk] = std::make_shared<Chunk>(*chunks_[chunk]);
        shared_ = chunk;
    }

    std::vector<std::shared_ptr<Chunk>> chunks_;
    std::size_t size_ = 0;
    mutable std::size_t shared_ = 0; // so many chunks, from the first on, may be seen by a copy
};

} // namespace tcpsm
#pragma GCC visibility pop
