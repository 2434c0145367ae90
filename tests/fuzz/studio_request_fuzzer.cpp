// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>

#include "reelface/core/error.h"
#include "studio/access.h"
#include "studio/asked.h"
#include "studio/routes.h"

namespace {

/// Lines "name: value" up to an empty one, then the body.
reelface::HttpHead head_in(std::istringstream& text) {
  reelface::HttpHead head;
  std::getline(text, head.method, ' ');
  std::getline(text, head.target);
  const std::size_t question = head.target.find('?');
  head.path = head.target.substr(0, question);
  if (question != std::string::npos) head.query.emplace("token", head.target.substr(question + 1));
  for (std::string line; std::getline(text, line) && !line.empty();) {
    const std::size_t colon = std::min(line.find(':'), line.size());
    head.headers.emplace(line.substr(0, colon), line.substr(std::min(colon + 1, line.size())));
  }
  return head;
}

}  // namespace

/// Nobody gets in without the cookie, and whatever is asked is either understood or refused.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::istringstream text(std::string(reinterpret_cast<const char*>(data), size));
  reelface::HttpHead head = head_in(text);
  const std::string session(64, 's');
  reelface::Access access(8000, std::string(64, 't'), session);
  const bool knows_session = head.header("cookie").value_or("").find(session) != std::string::npos;
  if (!access.answer(head) && !knows_session) std::abort();
  reelface::route_of(head);
  for (const char* name : {"token", "frame"}) {
    if (const auto count = reelface::count_in(head, name); count && *count < 0) std::abort();
  }
  std::string body;
  std::getline(text, body, '\0');
  try {
    if (reelface::asked_photo(body).film < 0) std::abort();
  } catch (const reelface::Error&) {
  }
  static const reelface::RootFolder root("/");
  try {
    const reelface::AskedFrame asked = reelface::asked_frame(body);
    if (asked.film < 0 || asked.frame < 0) std::abort();
    reelface::options_for("film.mkv", asked.settings, root);
  } catch (const reelface::Error&) {
    return 0;
  }
  return 0;
}
