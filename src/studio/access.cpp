// SPDX-License-Identifier: Apache-2.0
#include "studio/access.h"

#include <sys/random.h>

#include <array>
#include <utility>

#include "reelface/core/error.h"

namespace reelface {
namespace {

constexpr std::size_t kLongestTarget = 4096;
constexpr std::size_t kLongestHeader = 4096;

HttpAnswer refusal(int status, const std::string& why) {
  return {status, "text/plain; charset=utf-8", why + "\n"};
}

/// A whole number without sign or spaces; none for what is longer than any size.
std::optional<std::size_t> size_of(const std::string& text) {
  if (text.empty() || text.size() > 18 || text.find_first_not_of("0123456789") != std::string::npos)
    return std::nullopt;
  std::size_t size = 0;
  for (const char digit : text) size = size * 10 + static_cast<std::size_t>(digit - '0');
  return size;
}

}  // namespace

std::string random_word() {
  std::array<unsigned char, 32> bytes{};
  std::size_t filled = 0;
  while (filled < bytes.size()) {
    const ssize_t count = ::getrandom(bytes.data() + filled, bytes.size() - filled, 0);
    if (count <= 0) throw Error(ExitCode::kInternal, "the system gives no random numbers");
    filled += static_cast<std::size_t>(count);
  }
  constexpr char kHex[] = "0123456789abcdef";
  std::string word;
  for (const unsigned char byte : bytes) word += {kHex[byte >> 4], kHex[byte & 15]};
  return word;
}

bool are_equal_words(const std::string& one, const std::string& other) {
  unsigned different = one.size() == other.size() ? 0 : 1;
  for (std::size_t i = 0; i < one.size() && i < other.size(); ++i)
    different |= static_cast<unsigned char>(one[i]) ^ static_cast<unsigned char>(other[i]);
  return different == 0;
}

Access::Access(int port, std::string token, std::string session)
    : port_(port), token_(std::move(token)), session_(std::move(session)) {}

std::string Access::address() const {
  return "http://127.0.0.1:" + std::to_string(port_) + "/?token=" + token_;
}

bool Access::is_own_host(const std::string& host) const {
  const std::string port = ":" + std::to_string(port_);
  return host == "127.0.0.1" + port || host == "localhost" + port;
}

bool Access::is_own_origin(const std::string& origin) const {
  constexpr char kScheme[] = "http://";
  return origin.compare(0, sizeof kScheme - 1, kScheme) == 0 && is_own_host(origin.substr(sizeof kScheme - 1));
}

std::optional<HttpAnswer> Access::refuse_form(const HttpHead& head) const {
  if (head.method != "GET" && head.method != "POST") return refusal(405, "only GET and POST are understood");
  if (head.target.size() > kLongestTarget) return refusal(414, "the address is too long");
  if (head.target.empty() || head.target.front() != '/') return refusal(400, "an address begins with /");
  for (const auto& [name, value] : head.headers) {
    if (name.size() + value.size() > kLongestHeader) return refusal(431, "a header is too long");
  }
  for (const char* name : {"host", "origin", "cookie", "content-length", "content-type", "sec-fetch-site"}) {
    if (head.headers.count(name) > 1) return refusal(400, std::string("the header ") + name + " is there twice");
  }
  for (const char* name : {"transfer-encoding", "content-encoding", "range", "expect", "upgrade", "trailer"}) {
    if (head.headers.count(name) > 0) return refusal(400, std::string("the header ") + name + " is not understood");
  }
  return std::nullopt;
}

/// Pages of other servers may neither ask nor be shown anything: not under another name for this machine either.
std::optional<HttpAnswer> Access::refuse_stranger(const HttpHead& head) const {
  const std::optional<std::string> host = head.header("host");
  if (!host || !is_own_host(*host)) return refusal(421, "this server goes by another name");
  const std::optional<std::string> origin = head.header("origin");
  if (head.method == "POST" && !origin) return refusal(403, "only this server's own page may ask for that");
  if (origin && !is_own_origin(*origin)) return refusal(403, "only this server's own page may ask");
  const std::optional<std::string> site = head.header("sec-fetch-site");
  if (site && *site != "same-origin" && *site != "none") return refusal(403, "other pages may not ask");
  return std::nullopt;
}

std::optional<HttpAnswer> Access::refuse_body(const HttpHead& head) const {
  const std::optional<std::string> length = head.header("content-length");
  if (head.method == "GET") {
    if (length && *length != "0") return refusal(400, "GET has no body");
    return std::nullopt;
  }
  if (!length) return refusal(411, "how long the body is has to be said");
  const std::optional<std::size_t> bytes = size_of(*length);
  if (!bytes) return refusal(400, "content-length is no number");
  if (*bytes > kMostBodyBytes) return refusal(413, "the body is too long");
  if (head.header("content-type").value_or("") != "application/json") return refusal(415, "the body has to be JSON");
  return std::nullopt;
}

bool Access::has_session(const HttpHead& head) const {
  const auto cookie = cookie_named("reelface_studio_" + std::to_string(port_), head.header("cookie").value_or(""));
  return cookie && are_equal_words(*cookie, session_);
}

std::optional<HttpAnswer> Access::welcome(const HttpHead& head) {
  const std::optional<std::string> token = head.asked("token");
  if (head.method != "GET" || head.path != "/" || !token) return std::nullopt;
  HttpAnswer go_on{303, "text/plain; charset=utf-8", "", {{"Location", "/"}}};
  if (has_session(head)) return go_on;
  if (!are_equal_words(*token, token_)) return refusal(401, "this is not the address that the program has printed");
  if (is_token_used_.exchange(true))
    return refusal(401,
                   "this address has been used already: it opens the page once, in one browser. For another, stop "
                   "the program and start it again");
  go_on.headers.emplace_back("Set-Cookie", "reelface_studio_" + std::to_string(port_) + "=" + session_ +
                                               "; HttpOnly; SameSite=Strict; Path=/");
  return go_on;
}

std::optional<HttpAnswer> Access::answer(const HttpHead& head) {
  if (std::optional<HttpAnswer> refused = refuse_form(head)) return refused;
  if (std::optional<HttpAnswer> refused = refuse_stranger(head)) return refused;
  if (std::optional<HttpAnswer> refused = refuse_body(head)) return refused;
  if (std::optional<HttpAnswer> answered = welcome(head)) return answered;
  if (has_session(head)) return std::nullopt;
  return refusal(401, "this page belongs to whoever started it: open the address that `reelface studio` has printed");
}

}  // namespace reelface
