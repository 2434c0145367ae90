// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace reelface {

/// A picture as the page shows it.
struct ShownPicture {
  std::string png;
  int width = 0, height = 0;  ///< as a viewer sees it, before pixels are made square
  double pixel_aspect = 1;    ///< of a pixel as a viewer sees it: width over height
  double seconds = 0;         ///< the frame's time
  double wall_seconds = 0;    ///< how long it took
};

/// The pictures that were made last, as many as fit. Thread-safety: safe.
class PictureShelf {
 public:
  explicit PictureShelf(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  /// Null: it is not there, or not any more.
  std::shared_ptr<const ShownPicture> find(const std::string& key);
  void keep(const std::string& key, std::shared_ptr<const ShownPicture> picture);

 private:
  using Entry = std::pair<std::string, std::shared_ptr<const ShownPicture>>;

  std::size_t most_bytes_;
  std::mutex mutex_;
  std::size_t bytes_ = 0;
  std::list<Entry> entries_;  ///< the one asked for last in front
  std::map<std::string, std::list<Entry>::iterator> places_;
};

}  // namespace reelface
