// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "reelface/core/cancel_token.h"
#include "reelface/restore/option_table.h"

namespace reelface {

struct StudioSetup {
  std::string root;          ///< outside of this folder nothing is read
  std::string film;          ///< shown at first; a path from where the program was started; empty: none
  std::string program;       ///< restores films: this one
  int port = 0;              ///< 0: any that is free
  std::string options_json;  ///< every option that settings hold, as `reelface options --json` has them
  std::function<std::string(const SpelledOptions&)> words_of;  ///< the same as they are typed: "--strength 80"
};

/// A page on this machine: films, and how they would look restored.
class Studio {
 public:
  /// Listens from now on. Throws Error(kUsage) for a folder that is not there or a film outside of it.
  explicit Studio(const StudioSetup& setup);
  ~Studio();
  Studio(const Studio&) = delete;
  Studio& operator=(const Studio&) = delete;

  /// Where the page is. It opens once, in one browser.
  std::string address() const;

  /// Answers until `cancel` asks to stop.
  void run(const CancelToken& cancel);

  /// Whether films are being restored, which go on when this ends.
  bool leaves_work() const;

  /// They end after what they are at, and keep what is done.
  void stop_work();

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace reelface
