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
  ~BoundedStream() override;
  BoundedStream(const BoundedStream&) = delete;
  BoundedStream& operator=(const BoundedStream&) = delete;

  using httplib::Stream::write;
  bool is_readable() const override;
  bool is_writable() const override;
  ssize_t read(char* bytes, std::size_t size) override;
  ssize_t write(const char* bytes, std::size_t size) override;
  void get_remote_ip_and_port(std::string& address, int& port) const override;
  void get_local_ip_and_port(std::string& address, int& port) const override;
  httplib::socket_t socket() const override { return socket_; }

  // What newer versions of the library ask for as well.
  bool wait_readable() const { return is_readable(); }
  bool wait_writable() const { return is_writable(); }
  time_t duration() const;

  /// Says that nothing follows, and waits a moment for the other side to have read it: closing a socket with bytes in it
  /// that nobody has read would take the answer away.
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
