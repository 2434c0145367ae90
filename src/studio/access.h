// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <optional>
#include <string>

#include "studio/http/http_message.h"

namespace reelface {

/// Letters and digits that nobody can guess: 32 bytes of the system's randomness. Throws Error(kInternal).
std::string random_word();

/// Whether two words are equal, in a time that does not tell where they differ.
bool are_equal_words(const std::string& one, const std::string& other);

/// Who may use the page: the browser that was given the address with the token, and only pages of this server. Whoever
/// comes with the token, the first time, gets a cookie; everything else needs it.
/// Thread-safety: safe.
class Access {
 public:
  static constexpr std::size_t kMostBodyBytes = std::size_t{64} << 10;

  Access(int port, std::string token, std::string session);

  /// What is said to a request that goes no further; none: it may go on. Decides by the head alone.
  std::optional<HttpAnswer> answer(const HttpHead& head);

  /// Where the page is, with the token.
  std::string address() const;

 private:
  bool is_own_host(const std::string& host) const;
  bool is_own_origin(const std::string& origin) const;
  std::optional<HttpAnswer> refuse_form(const HttpHead& head) const;
  std::optional<HttpAnswer> refuse_stranger(const HttpHead& head) const;
  std::optional<HttpAnswer> refuse_body(const HttpHead& head) const;
  bool has_session(const HttpHead& head) const;
  std::optional<HttpAnswer> welcome(const HttpHead& head);

  int port_;
  std::string token_, session_;
  std::atomic<bool> is_token_used_{false};
};

}  // namespace reelface
