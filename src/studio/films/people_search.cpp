// SPDX-License-Identifier: Apache-2.0
#include "studio/films/people_search.h"

#include <algorithm>
#include <utility>

#include "media/encode/still_image.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

constexpr int kPortraits = 3;
constexpr int kQuality = 88;

PersonCard card_of(const AnalyzedPerson& person) {
  PersonCard card{person.id, person.frames, person.spans, {}};
  for (const AnalyzedPortrait& portrait : person.portraits) {
    const std::vector<std::uint8_t> bytes = encode_jpeg(portrait.picture.view(), kQuality);
    card.portraits.emplace_back(bytes.begin(), bytes.end());
  }
  return card;
}

}  // namespace

PeopleSearch::PeopleSearch(const RestoreOptions& options, std::string tracks_file)
    : tracks_file_(std::move(tracks_file)) {
  thread_ = std::thread([this, options] { look(options); });
}

PeopleSearch::~PeopleSearch() {
  cancel_.request(CancelLevel::kAbort);
  if (thread_.joinable()) thread_.join();
}

void PeopleSearch::look(RestoreOptions options) {
  options.write.overwrite = true;
  AnalysisTasks tasks;
  tasks.tracks_file = tracks_file_;
  tasks.portraits = kPortraits;
  const auto note = [this](const RestoreProgress& progress) {
    const std::lock_guard<std::mutex> lock(mutex_);
    found_.share = std::min(1.0, static_cast<double>(progress.frames_done) /
                                     static_cast<double>(std::max<std::int64_t>(1, progress.frames_expected)));
  };
  PeopleFound result;
  result.share = 1;
  result.is_done = true;
  try {
    const Analysis analysis = analyze_video(options, tasks, note, &cancel_);
    for (const AnalyzedPerson& person : analysis.people) result.people.push_back(card_of(person));
  } catch (const std::exception& exception) {
    result.failure = describe(exception);
    result.advice = advice_of(exception);
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  found_ = std::move(result);
}

PeopleFound PeopleSearch::found() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return found_;
}

std::string PeopleSearch::portrait(std::int64_t person, std::size_t number) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  for (const PersonCard& card : found_.people) {
    if (card.person == person && number < card.portraits.size()) return card.portraits[number];
  }
  return "";
}

bool PeopleSearch::is_good() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return found_.is_done && found_.failure.empty();
}

}  // namespace reelface
