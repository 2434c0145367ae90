// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "reelface/core/cancel_token.h"
#include "reelface/restore/analyze_video.h"

namespace reelface {

/// Somebody in a film, as a card shows them.
struct PersonCard {
  std::int64_t person = 0;  ///< the number that `--only-person` takes
  std::int64_t frames = 0;
  std::vector<std::pair<std::int64_t, std::int64_t>> spans;  ///< frames seen in, first and last
  std::vector<std::string> portraits;                        ///< JPEG, the best first
};

struct PeopleFound {
  double share = 0;  ///< of the film that has been looked at, 0..1
  bool is_done = false;
  std::string failure;  ///< why it ended early; empty as a rule
  std::string advice;
  std::vector<PersonCard> people;  ///< once it is done
};

/// Looks in the background for who is in a film, and keeps a file of tracks, with which they can be chosen.
/// Thread-safety: safe.
class PeopleSearch {
 public:
  /// Begins. `tracks_file` is replaced.
  PeopleSearch(const RestoreOptions& options, std::string tracks_file);
  /// Stops looking.
  ~PeopleSearch();
  PeopleSearch(const PeopleSearch&) = delete;
  PeopleSearch& operator=(const PeopleSearch&) = delete;

  PeopleFound found() const;

  /// Empty: there is none.
  std::string portrait(std::int64_t person, std::size_t number) const;

  const std::string& tracks_file() const { return tracks_file_; }
  bool is_good() const;  ///< done, and not in vain

 private:
  void look(RestoreOptions options);

  std::string tracks_file_;
  CancelToken cancel_;
  mutable std::mutex mutex_;  ///< guards what follows
  PeopleFound found_;
  std::thread thread_;
};

}  // namespace reelface
