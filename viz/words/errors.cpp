#include "words/errors.hpp"

#include "words/phrases.hpp"

namespace tcpsm::viz {

std::string_view in_words(Language language, Error error)
{
    const auto of = [&](Phrase what) { return phrase(language, what); };
    switch (error) {
    case Error::none: return {};
    case Error::does_not_exist: return of(Phrase::error_does_not_exist);
    case Error::already_exists: return of(Phrase::error_already_exists);
    case Error::already_opening: return of(Phrase::error_already_opening);
    case Error::closing: return of(Phrase::error_closing);
    case Error::reset:
    case Error::open_reset: return of(Phrase::error_reset);
    case Error::refused: return of(Phrase::error_refused);
    case Error::remote_unspecified: return of(Phrase::error_remote_unspecified);
    case Error::insufficient_resources: return of(Phrase::error_insufficient_resources);
    case Error::user_timeout: return of(Phrase::error_user_timeout);
    case Error::timed_out: return of(Phrase::error_timed_out);
    case Error::unreachable: return of(Phrase::error_unreachable);
    case Error::not_answering: return of(Phrase::error_not_answering);
    case Error::urgent_data: return of(Phrase::error_urgent_data);
    case Error::would_block: return of(Phrase::error_would_block);
    case Error::address_in_use: return of(Phrase::error_address_in_use);
    case Error::address_not_available: return of(Phrase::error_address_not_available);
    case Error::too_many_open_files: return of(Phrase::error_too_many_open_files);
    case Error::invalid_argument: return of(Phrase::error_invalid_argument);
    case Error::not_listening: return of(Phrase::error_not_listening);
    case Error::host_is_down: return of(Phrase::error_host_is_down);
    case Error::no_such_process: return of(Phrase::error_no_such_process);
    case Error::no_such_socket: return of(Phrase::error_no_such_socket);
    }
    return {};
}

} // namespace tcpsm::viz
