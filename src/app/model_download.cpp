// SPDX-License-Identifier: Apache-2.0
#include "app/model_download.h"

#include <curl/curl.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <memory>
#include <thread>

#include "app/download_file.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

constexpr int kAttempts = 4;
constexpr long kConnectSeconds = 30;
constexpr long kStalledSeconds = 30;
constexpr long kMostRedirections = 8;

/// libcurl's global state, for the length of one download.
class CurlLibrary {
 public:
  CurlLibrary() {
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
      throw Error(ExitCode::kInternal, "libcurl cannot be started");
  }
  ~CurlLibrary() { curl_global_cleanup(); }
  CurlLibrary(const CurlLibrary&) = delete;
  CurlLibrary& operator=(const CurlLibrary&) = delete;
};

/// What the C callbacks share. An exception must not cross libcurl: it is kept and thrown again afterwards.
struct Transfer {
  DownloadFile& file;
  const DownloadRequest& request;
  const DownloadProgress& progress;
  const CancelToken& cancel;
  std::uint64_t start_bytes = 0;
  bool too_large = false;
  std::exception_ptr failure;
};

std::size_t on_data(char* data, std::size_t size, std::size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  const std::size_t bytes = size * count;
  if (bytes > transfer.request.largest_bytes - std::min(transfer.request.largest_bytes, transfer.file.size_bytes())) {
    transfer.too_large = true;
    return 0;
  }
  try {
    transfer.file.write({data, bytes});
  } catch (...) {
    transfer.failure = std::current_exception();
    return 0;
  }
  return bytes;
}

int on_progress(void* user, curl_off_t total, curl_off_t, curl_off_t, curl_off_t) {
  auto& transfer = *static_cast<Transfer*>(user);
  const std::uint64_t whole = total > 0 ? transfer.start_bytes + static_cast<std::uint64_t>(total) : 0;
  transfer.progress(transfer.file.size_bytes(), whole);
  return transfer.cancel.is_requested() ? 1 : 0;
}

using CurlHandle = std::unique_ptr<CURL, void (*)(CURL*)>;

void allow_only(CURL* curl, const char* protocols, long protocol_bits, bool redirections) {
#if LIBCURL_VERSION_NUM >= 0x075500
  static_cast<void>(protocol_bits);
  curl_easy_setopt(curl, redirections ? CURLOPT_REDIR_PROTOCOLS_STR : CURLOPT_PROTOCOLS_STR, protocols);
#else
  static_cast<void>(protocols);
  curl_easy_setopt(curl, redirections ? CURLOPT_REDIR_PROTOCOLS : CURLOPT_PROTOCOLS, protocol_bits);
#endif
}

CurlHandle make_handle(Transfer& transfer) {
  CurlHandle handle(curl_easy_init(), &curl_easy_cleanup);
  if (!handle) throw Error(ExitCode::kInternal, "libcurl cannot be started");
  CURL* curl = handle.get();
  curl_easy_setopt(curl, CURLOPT_URL, transfer.request.url.c_str());
  allow_only(curl, "https,file", CURLPROTO_HTTPS | CURLPROTO_FILE, false);
  allow_only(curl, "https", CURLPROTO_HTTPS, true);  // a server must not send us to a local file
  // Networks that inspect traffic have certificates of their own; the curl program reads the same two variables.
  for (const char* variable : {"SSL_CERT_FILE", "CURL_CA_BUNDLE"}) {
    const char* bundle = std::getenv(variable);
    if (bundle != nullptr && *bundle != '\0') curl_easy_setopt(curl, CURLOPT_CAINFO, bundle);
  }
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(curl, CURLOPT_MAXREDIRS, kMostRedirections);
  curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "reelface");
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, kStalledSeconds);
  curl_easy_setopt(curl, CURLOPT_RESUME_FROM_LARGE, static_cast<curl_off_t>(transfer.start_bytes));
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &on_data);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &transfer);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, &on_progress);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &transfer);
  return handle;
}

enum class Outcome { kDone, kStartAgain, kContinue };

bool is_passing(CURLcode code, long status) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_PARTIAL_FILE:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
      return true;
    case CURLE_HTTP_RETURNED_ERROR:
      return status >= 500 || status == 429 || status == 408;
    default:
      return false;
  }
}

[[noreturn]] void fail(const Transfer& transfer, CURLcode code, long status) {
  const std::string where = printable(transfer.request.url);
  const std::string what = status >= 400 ? "the server answered " + std::to_string(status) : curl_easy_strerror(code);
  if (is_passing(code, status)) {
    throw Error(
        ExitCode::kTryAgain, where + ": " + what,
        "check the network and the proxy (https_proxy), then run the same command: it goes on where it stopped");
  }
  throw Error(ExitCode::kInputUnreadable, where + ": " + what,
              "give a copy's address with --mirror, or put the file there by hand: " + transfer.request.path);
}

Outcome attempt(DownloadFile& file, const DownloadRequest& request, const DownloadProgress& progress,
                const CancelToken& cancel, bool last) {
  Transfer transfer{file, request, progress, cancel, file.size_bytes(), false, nullptr};
  const CurlHandle handle = make_handle(transfer);
  const CURLcode code = curl_easy_perform(handle.get());
  long status = 0;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
  if (transfer.failure) std::rethrow_exception(transfer.failure);
  if (code == CURLE_OK) return Outcome::kDone;
  if (cancel.is_requested()) {
    throw Error(ExitCode::kInterrupted, "interrupted", "run the same command again: it goes on where it stopped");
  }
  if (transfer.too_large) {
    file.discard();
    throw Error(ExitCode::kModelRejected, printable(request.url) + ": is larger than the model it should be",
                "the address does not hold the published file");
  }
  // The server cannot go on in the middle, or what we have is longer than the file.
  const bool cannot_resume = code == CURLE_RANGE_ERROR || code == CURLE_BAD_DOWNLOAD_RESUME || status == 416;
  if (cannot_resume && transfer.start_bytes > 0) return Outcome::kStartAgain;
  if (last || !is_passing(code, status)) fail(transfer, code, status);
  log_warning(std::string("download: ") + curl_easy_strerror(code) + ", trying again");
  return Outcome::kContinue;
}

/// Gives a server that is busy time to recover; a request to stop ends the wait.
void wait(std::chrono::milliseconds length, const CancelToken& cancel) {
  constexpr std::chrono::milliseconds kStep(100);
  for (; length > kStep && !cancel.is_requested(); length -= kStep) std::this_thread::sleep_for(kStep);
}

void fetch(DownloadFile& file, const DownloadRequest& request, const DownloadProgress& progress,
           const CancelToken& cancel) {
  for (int i = 1; i <= kAttempts; ++i) {
    const Outcome outcome = attempt(file, request, progress, cancel, i == kAttempts);
    if (outcome == Outcome::kDone) return;
    if (outcome == Outcome::kStartAgain) file.truncate();
    if (outcome == Outcome::kContinue) wait(std::chrono::seconds(1 << i), cancel);
  }
  throw Error(ExitCode::kTryAgain, printable(request.url) + ": cannot be fetched", "try again later");
}

}  // namespace

std::string download_url(const ModelInfo& model, const std::string& mirror) {
  if (mirror.empty()) return model.url;
  const std::string file = model.url.substr(model.url.rfind('/') + 1);
  return mirror + (mirror.back() == '/' ? "" : "/") + file;
}

void download(const DownloadRequest& request, const DownloadProgress& progress, const CancelToken& cancel) {
  if (request.url.rfind("https://", 0) != 0 && request.url.rfind("file://", 0) != 0) {
    throw Error(ExitCode::kUsage, printable(request.url) + ": only https:// and file:// addresses are used");
  }
  const CurlLibrary library;
  DownloadFile file(request.path);
  const bool resumed = file.size_bytes() > 0;
  // A complete part that was interrupted before its check needs no network.
  if (!resumed || file.sha256() != request.sha256) {
    fetch(file, request, progress, cancel);
    std::string actual = file.sha256();
    if (actual != request.sha256 && resumed) {
      log_warning("download: the earlier part does not belong to this file, starting again");
      file.truncate();
      fetch(file, request, progress, cancel);
      actual = file.sha256();
    }
    if (actual != request.sha256) {
      file.discard();
      throw Error(
          ExitCode::kModelRejected,
          printable(request.url) + ": its SHA-256 is " + actual + " instead of " + request.sha256,
          "the address does not hold the published file, or somebody changed it on the way: use another mirror");
    }
  }
  file.commit();
}

}  // namespace reelface
