// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "studio/http/connection_limits.h"
#include "studio/http/http_message.h"

namespace reelface {

/// Answers requests on this machine's own address, 127.0.0.1, and on no other. One request for each connection, each
/// within bounds of size and time.
/// Thread-safety: stop() may be called from anywhere; handlers are called on several threads at once.
class HttpServer {
 public:
  /// Decides by the head alone, before any body is read. An answer ends the request.
  using Gate = std::function<std::optional<HttpAnswer>(const HttpHead&)>;
  using Handler = std::function<HttpAnswer(const HttpHead&, const std::string& body)>;

  /// `port` 0: any that is free. Throws Error(kOutputUnwritable) if it is taken.
  explicit HttpServer(int port, const ConnectionLimits& limits = {});
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  int port() const { return port_; }

  /// Answers until stop() is called, and until the last answer is given.
  void serve(Gate gate, Handler handler);
  void stop();

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
  int port_ = 0;
};

}  // namespace reelface
