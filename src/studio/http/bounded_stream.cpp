// SPDX-License-Identifier: Apache-2.0
#include "studio/http/bounded_stream.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace reelface {
namespace {

using Clock = std::chrono::steady_clock;

/// Whether the socket is ready before `until`.
bool is_ready(int socket, short events, Clock::time_point until) {
  while (true) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
    if (left <= 0) return false;
    pollfd wanted{socket, events, 0};
    const int ready = ::poll(&wanted, 1, static_cast<int>(std::min<std::int64_t>(left, 60000)));
    if (ready > 0) return (wanted.revents & (events | POLLHUP)) != 0;
    if (ready < 0 && errno != EINTR) return false;
  }
}

}  // namespace

BoundedStream::BoundedStream(int socket, const ConnectionLimits& limits)
    : socket_(socket), limits_(limits), bytes_left_(limits.most_bytes) {}

BoundedStream::~BoundedStream() {
  ::close(socket_);
}

bool BoundedStream::is_readable() const {
  return place_ < filled_ || is_ready(socket_, POLLIN, started_ + limits_.longest_request);
}

bool BoundedStream::is_writable() const {
  return is_ready(socket_, POLLOUT, Clock::now() + std::chrono::milliseconds(1));
}

bool BoundedStream::fill() {
  if (bytes_left_ == 0 || !is_ready(socket_, POLLIN, started_ + limits_.longest_request)) return false;
  const ssize_t count = ::recv(socket_, buffer_.data(), std::min(buffer_.size(), bytes_left_), 0);
  if (count <= 0) return false;
  bytes_left_ -= static_cast<std::size_t>(count);
  place_ = 0;
  filled_ = static_cast<std::size_t>(count);
  return true;
}

ssize_t BoundedStream::read(char* bytes, std::size_t size) {
  if (place_ == filled_ && !fill()) return -1;
  const std::size_t count = std::min(size, filled_ - place_);
  std::memcpy(bytes, buffer_.data() + place_, count);
  place_ += count;
  return static_cast<ssize_t>(count);
}

ssize_t BoundedStream::write(const char* bytes, std::size_t size) {
  if (answer_until_ == Clock::time_point{}) answer_until_ = Clock::now() + limits_.longest_answer;
  if (!is_ready(socket_, POLLOUT, answer_until_)) return -1;
  return ::send(socket_, bytes, size, MSG_NOSIGNAL | MSG_DONTWAIT);
}

// The server listens on this machine's own address and asks for no other.
void BoundedStream::get_remote_ip_and_port(std::string& address, int& port) const {
  address = "127.0.0.1";
  port = 0;
}

void BoundedStream::get_local_ip_and_port(std::string& address, int& port) const {
  get_remote_ip_and_port(address, port);
}

time_t BoundedStream::duration() const {
  return std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - started_).count();
}

void BoundedStream::conclude() {
  constexpr int kMostReads = 16;
  ::shutdown(socket_, SHUT_WR);
  const auto until = Clock::now() + std::chrono::milliseconds(200);
  for (int reads = 0; reads < kMostReads; ++reads) {
    if (!is_ready(socket_, POLLIN, until)) return;
    if (::recv(socket_, buffer_.data(), buffer_.size(), MSG_DONTWAIT) <= 0) return;
  }
}

}  // namespace reelface
