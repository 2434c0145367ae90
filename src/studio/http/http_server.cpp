// SPDX-License-Identifier: Apache-2.0
#include "studio/http/http_server.h"

#include <httplib.h>
#include <sys/socket.h>

#include <atomic>
#include <cctype>
#include <thread>
#include <utility>

#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "studio/http/bounded_stream.h"
#include "studio/http/connection_threads.h"

namespace reelface {
namespace {

std::string in_small_letters(std::string text) {
  for (char& letter : text) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  return text;
}

HttpHead head_of(const httplib::Request& request) {
  HttpHead head;
  head.method = request.method;
  head.target = request.target;
  head.path = request.path;
  for (const auto& [name, value] : request.params) head.query.emplace(name, value);
  for (const auto& [name, value] : request.headers) head.headers.emplace(in_small_letters(name), value);
  return head;
}

void give(const HttpAnswer& answer, httplib::Response& response) {
  response.status = answer.status;
  for (const auto& [name, value] : answer.headers) response.set_header(name, value);
  response.set_content(answer.body, answer.type);
}

/// The library's server on connections of our own. It reads requests in each version of the library with other
/// arguments.
class BoundedServer final : public httplib::Server {
 public:
  explicit BoundedServer(const ConnectionLimits& limits) : limits_(limits) {}

  /// Connections that this thread works on itself are closed at once: there are too many.
  void accepts_on(std::thread::id thread) { acceptor_ = thread; }

 private:
  using Setup = std::function<void(httplib::Request&)>;
  using Plain = bool (httplib::Server::*)(httplib::Stream&, bool, bool&, const Setup&);
  using Addressed = bool (httplib::Server::*)(httplib::Stream&, const std::string&, int, const std::string&, int, bool,
                                              bool&, const Setup&);
  using Upgradable = bool (httplib::Server::*)(httplib::Stream&, const std::string&, int, const std::string&, int, bool,
                                               bool&, const Setup&, bool*);

  bool answer(Plain process, httplib::Stream& stream) {
    bool is_closed = false;
    return (this->*process)(stream, true, is_closed, nullptr);
  }
  bool answer(Addressed process, httplib::Stream& stream) {
    bool is_closed = false;
    return (this->*process)(stream, "127.0.0.1", 0, "127.0.0.1", 0, true, is_closed, nullptr);
  }
  bool answer(Upgradable process, httplib::Stream& stream) {
    bool is_closed = false;
    return (this->*process)(stream, "127.0.0.1", 0, "127.0.0.1", 0, true, is_closed, nullptr, nullptr);
  }

  bool process_and_close_socket(socket_t socket) override {
    BoundedStream stream(socket, limits_);
    if (std::this_thread::get_id() == acceptor_) return false;
    const bool is_answered = answer(&BoundedServer::process_request, stream);
    stream.conclude();
    return is_answered;
  }

  ConnectionLimits limits_;
  std::atomic<std::thread::id> acceptor_{};
};

/// A second server on the same port would take half of the requests.
void use_alone(socket_t socket) {
  const int yes = 1;
  ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
}

}  // namespace

class HttpServer::Implementation {
 public:
  explicit Implementation(const ConnectionLimits& limits) : server_(limits) {}

  BoundedServer& server() { return server_; }

  void use(Gate gate, Handler handler) {
    using Response = httplib::Server::HandlerResponse;
    gate_ = std::move(gate);
    handler_ = std::move(handler);
    server_.set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
      const HttpHead head = head_of(request);
      const std::optional<HttpAnswer> refusal = gate_(head);
      if (!refusal && head.method == "POST") return Response::Unhandled;
      give(refusal ? *refusal : handler_(head, ""), response);
      return Response::Handled;
    });
    // The gate lets pass what has a body, and only where it is said how long that is.
    server_.Post(".*", [this](const httplib::Request& request, httplib::Response& response,
                              const httplib::ContentReader& content) {
      std::string body;
      const bool is_whole = content([&body](const char* bytes, std::size_t size) {
        body.append(bytes, size);
        return true;
      });
      if (is_whole) give(handler_(head_of(request), body), response);
    });
    server_.set_exception_handler(
        [](const httplib::Request&, httplib::Response& response, const std::exception_ptr&) { response.status = 500; });
  }

 private:
  BoundedServer server_;
  Gate gate_;
  Handler handler_;
};

HttpServer::HttpServer(int port, const ConnectionLimits& limits)
    : implementation_(std::make_unique<Implementation>(limits)) {
  httplib::Server& server = implementation_->server();
  server.set_socket_options(use_alone);
  server.set_payload_max_length(limits.most_bytes);
  server.set_tcp_nodelay(true);
  server.new_task_queue = [limits] { return new ConnectionThreads(limits.threads, limits.most_waiting); };
  const bool is_bound = port == 0 || server.bind_to_port("127.0.0.1", port);
  port_ = port == 0 ? server.bind_to_any_port("127.0.0.1") : port;
  if (!is_bound || port_ <= 0)
    throw Error(ExitCode::kOutputUnwritable, "cannot listen on port " + std::to_string(port) + " of this machine",
                "leave --port out, and a free one is taken");
}

HttpServer::~HttpServer() = default;

void HttpServer::serve(Gate gate, Handler handler) {
  implementation_->use(std::move(gate), std::move(handler));
  implementation_->server().accepts_on(std::this_thread::get_id());
  implementation_->server().listen_after_bind();
}

void HttpServer::stop() {
  implementation_->server().stop();
}

}  // namespace reelface
