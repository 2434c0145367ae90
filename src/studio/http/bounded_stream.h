// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <httplib.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <string>

#include "studio/http/connection_limits.h"

namespace reelface {

/// A connection as the HTTP library reads and writes it. Owns the socket.
class BoundedStream final : public httplib::Stream {
 public:
  BoundedStream(int socket, const ConnectionLimits& limits);
  BoundedStream(const BoundedStream&) = delete;
  BoundedStream& operator=(const BoundedStream&) = delete;

  // Which of these are virtual is another set in each version of the library, so none says that it overrides.
  // NOLINTBEGIN(modernize-use-override)
  ~BoundedStream();
  using httplib::Stream::write;
  bool is_readable() const;
  bool is_writable() const;
  bool wait_readable() const { return is_readable(); }
  bool wait_writable() const { return is_writable(); }
  ssize_t read(char* bytes, std::size_t size);
  ssize_t write(const char* bytes, std::size_t size);
  void get_remote_ip_and_port(std::string& address, int& port) const;
  void get_local_ip_and_port(std::string& address, int& port) const;
  socket_t socket() const { return socket_; }
  time_t duration() const;
  // NOLINTEND(modernize-use-override)

  /// Says that nothing follows, and waits a moment for the other side to have read it: closing a socket with bytes in
  /// it that nobody has read would take the answer away.
  void conclude();

 private:
  using Clock = std::chrono::steady_clock;

  bool fill();

  int socket_;
  ConnectionLimits limits_;
  Clock::time_point started_ = Clock::now();
  Clock::time_point answer_until_{};
  std::size_t bytes_left_;
  std::array<char, 4096> buffer_{};
  std::size_t place_ = 0, filled_ = 0;
};

}  // namespace reelface
