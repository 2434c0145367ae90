// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

namespace reelface {

/// Whether a file of this name is one that making a film in parts puts into its folder.
bool is_own_name(const std::string& name);

/// Whether the file keeps what such a name promises: somebody's file that happens to be called "lock" is not ours.
bool is_own_file(const std::string& path);

/// Throws Error(kUsage) if the folder is there and somebody else's: without a plan of ours, it may hold only what an
/// earlier run of ours left.
void require_own_folder(const std::string& folder);

/// Unfinished files and notes of processes that were killed. Only while nobody else works there.
void remove_leftovers(const std::string& folder);

/// Unfinished files of this part whose writers are gone; others may be at work.
void remove_abandoned_attempts(const std::string& folder, std::size_t part);

/// Removes our own files, the plan first, so that a half-removed folder is never taken for work that can go on; then
/// the folder, unless it holds anything else. Never throws: it is said in a warning what could not be removed.
void remove_own_folder(const std::string& folder);

}  // namespace reelface
