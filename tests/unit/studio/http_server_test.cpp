// SPDX-License-Identifier: Apache-2.0
#include "studio/http/http_server.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <thread>
#include <utility>
#include <vector>

#include "reelface/core/error.h"

namespace reelface {
namespace {

using namespace std::chrono_literals;

/// A connection, byte by byte.
class Connection {
 public:
  explicit Connection(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    is_open_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  ~Connection() { ::close(socket_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  bool is_open() const { return is_open_; }
  bool say(const std::string& bytes) { return ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL) > 0; }

  /// Until the other side closes.
  std::string hear() {
    std::string heard;
    char bytes[4096];
    for (ssize_t count = 0; (count = ::recv(socket_, bytes, sizeof bytes, 0)) > 0;)
      heard.append(bytes, static_cast<std::size_t>(count));
    return heard;
  }

 private:
  int socket_;
  bool is_open_ = false;
};

/// Answers what it was asked; refuses /refused by the head alone.
class HttpServerTest : public ::testing::Test {
 protected:
  void start(const ConnectionLimits& limits = {}) {
    server_ = std::make_unique<HttpServer>(0, limits);
    thread_ = std::thread([this] {
      server_->serve(
          [this](const HttpHead& head) -> std::optional<HttpAnswer> {
            ++heads_;
            if (head.path == "/refused") return HttpAnswer{403, "text/plain", "no"};
            return std::nullopt;
          },
          [](const HttpHead& head, const std::string& body) {
            if (head.path == "/throws") throw Error(ExitCode::kInternal, "a secret");
            HttpAnswer answer{200, "text/plain", head.method + " " + head.path + " " + body};
            answer.headers.emplace_back("X-Said", head.header("x-said").value_or("none"));
            return answer;
          });
    });
    while (ask("GET / HTTP/1.1\r\nHost: x\r\n\r\n").empty()) std::this_thread::yield();
    heads_ = 0;
  }

  void TearDown() override {
    if (server_) server_->stop();
    if (thread_.joinable()) thread_.join();
  }

  std::string ask(const std::string& bytes) const {
    Connection connection(server_->port());
    connection.say(bytes);
    return connection.hear();
  }

  std::unique_ptr<HttpServer> server_;
  std::atomic<int> heads_{0};
  std::thread thread_;
};

bool has_status(const std::string& answer, int status) {
  return answer.compare(0, 12, "HTTP/1.1 " + std::to_string(status)) == 0;
}

bool ends_with(const std::string& text, const std::string& ending) {
  return text.size() >= ending.size() && text.compare(text.size() - ending.size(), ending.size(), ending) == 0;
}

TEST_F(HttpServerTest, AnswersOnceAndCloses) {
  start();
  const std::string answer =
      ask("GET /a%20b?x=1 HTTP/1.1\r\nHost: x\r\nX-SAID: hello\r\n\r\nGET /second HTTP/1.1\r\n\r\n");
  EXPECT_TRUE(has_status(answer, 200)) << answer;
  EXPECT_TRUE(ends_with(answer, "\r\n\r\nGET /a b ")) << answer;
  EXPECT_NE(answer.find("X-Said: hello"), std::string::npos);
  EXPECT_NE(answer.find("Connection: close"), std::string::npos);
}

TEST_F(HttpServerTest, GivesTheBodyOn) {
  start();
  const std::string answer =
      ask("POST /b HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n{\"a\":1}more");
  EXPECT_TRUE(ends_with(answer, "POST /b {\"a\":1}")) << answer;
}

TEST_F(HttpServerTest, RefusesByTheHeadAlone) {
  start();
  const std::string answer = ask("POST /refused HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n");
  EXPECT_TRUE(has_status(answer, 403)) << answer;
}

TEST_F(HttpServerTest, SaysNothingOfWhatWentWrongInside) {
  start();
  const std::string answer = ask("GET /throws HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_TRUE(has_status(answer, 500)) << answer;
  EXPECT_EQ(answer.find("secret"), std::string::npos) << answer;
}

TEST_F(HttpServerTest, EndlessRequestsEnd) {
  start();
  for (const std::string& endless : {std::string("X-A: b\r\n"), std::string("x")}) {
    Connection connection(server_->port());
    connection.say("GET / HTTP/1.1\r\nHost: x\r\n");
    std::size_t sent = 0;
    std::string block;
    while (block.size() < 65536) block += endless;
    while (sent < (std::size_t{64} << 20) && connection.say(block)) sent += block.size();
    EXPECT_LT(sent, std::size_t{64} << 20);
  }
  EXPECT_EQ(heads_, 0);
  EXPECT_TRUE(has_status(ask("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), 200));
}

TEST_F(HttpServerTest, SlowRequestsEnd) {
  ConnectionLimits limits;
  limits.longest_request = 300ms;
  start(limits);
  for (const char* beginning :
       {"", "GET / HT", "GET / HTTP/1.1\r\nHost: x\r\nX-A: b\r\n",
        "POST /b HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"}) {
    const auto began = std::chrono::steady_clock::now();
    Connection connection(server_->port());
    connection.say(beginning);
    const std::string heard = connection.hear();
    EXPECT_FALSE(has_status(heard, 200)) << heard;
    EXPECT_LT(std::chrono::steady_clock::now() - began, 5s) << beginning;
  }
}

TEST_F(HttpServerTest, ByteByByteIsNoWayRoundTheTime) {
  ConnectionLimits limits;
  limits.longest_request = 300ms;
  start(limits);
  Connection connection(server_->port());
  const auto began = std::chrono::steady_clock::now();
  while (connection.say("x") && std::chrono::steady_clock::now() - began < 10s) std::this_thread::yield();
  EXPECT_LT(std::chrono::steady_clock::now() - began, 5s);
}

TEST_F(HttpServerTest, TooManyConnectionsAreClosed) {
  ConnectionLimits limits;
  limits.longest_request = 500ms;
  limits.threads = 2;
  limits.most_waiting = 2;
  start(limits);
  std::vector<std::unique_ptr<Connection>> silent;
  silent.reserve(100);
  for (int i = 0; i < 100; ++i) silent.push_back(std::make_unique<Connection>(server_->port()));
  for (const auto& connection : silent) EXPECT_EQ(connection->hear(), "");  // sooner or later all are closed
  EXPECT_TRUE(has_status(ask("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), 200));
}

TEST_F(HttpServerTest, NoiseIsNoRequest) {
  start();
  for (const std::string& noise :
       {std::string("\r\n\r\n"), std::string("\0\0\0\0\r\n\r\n", 8), std::string("GET\r\n\r\n"),
        std::string("GET / HTTP/9.9\r\n\r\n"), std::string("\x16\x03\x01\x02 hello\r\n\r\n"),
        std::string("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")}) {
    const std::string answer = ask(noise);
    EXPECT_FALSE(has_status(answer, 200)) << noise;
  }
}

TEST_F(HttpServerTest, APortServesOne) {
  start();
  EXPECT_THROW(HttpServer(server_->port()), Error);
}

}  // namespace
}  // namespace reelface
