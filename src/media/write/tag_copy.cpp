// SPDX-License-Identifier: Apache-2.0
#include "media/write/tag_copy.h"

extern "C" {
#include <libavutil/mathematics.h>
#include <libavutil/mem.h>
}

#include <strings.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <new>

#include "media/libav/frame_storage.h"
#include "media/libav/stamps.h"

namespace reelface {
namespace {

template <std::size_t count>
bool is_one_of(const char* key, const std::array<const char*, count>& keys) {
  return std::any_of(keys.begin(), keys.end(), [key](const char* other) { return strcasecmp(key, other) == 0; });
}

constexpr std::array<const char*, 5> kOldFileTags{"encoder", "major_brand", "minor_version", "compatible_brands",
                                                  "duration"};
// mkvmerge's counts of the packets that were.
constexpr std::array<const char*, 8> kStatisticsTags{"BPS",
                                                     "NUMBER_OF_FRAMES",
                                                     "NUMBER_OF_BYTES",
                                                     "_STATISTICS_WRITING_APP",
                                                     "_STATISTICS_WRITING_DATE_UTC",
                                                     "_STATISTICS_TAGS",
                                                     "ENCODER_OPTIONS",
                                                     "bit_rate"};
constexpr std::array<const char*, 2> kQuickTimeTags{"vendor_id", "handler_name"};
constexpr std::array<const char*, 34> kMp4Tags{
    "title",       "artist",           "album_artist", "composer",      "album",
    "date",        "comment",          "genre",        "copyright",     "grouping",
    "lyrics",      "description",      "synopsis",     "show",          "episode_id",
    "network",     "keywords",         "episode_sort", "season_number", "media_type",
    "hd_video",    "gapless_playback", "compilation",  "podcast",       "sort_name",
    "sort_artist", "sort_album",       "track",        "disc",          "creation_time",
    "location",    "author",           "timecode",     "encoded_by"};

const AVDictionaryEntry* next_entry(const AVDictionary* tags, const AVDictionaryEntry* previous) {
  return av_dict_get(tags, "", previous, AV_DICT_IGNORE_SUFFIX);
}

bool is_language_variant(std::string_view key) {  // libav spells a tag in a language as title-eng
  return key.size() > 4 && key[key.size() - 4] == '-';
}

void set_tag(AVDictionary** to, const AVDictionaryEntry& entry) {
  av_dict_set(to, valid_utf8(entry.key).c_str(), valid_utf8(entry.value).c_str(), 0);
}

/// Bytes of the well-formed sequence at the start of the text, 0 if there is none.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte(i) & 0xC0) != 0x80) return 0;
  const unsigned second = byte(1);
  // Overlong forms, halves of surrogate pairs, and what lies beyond the last code point.
  if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) || (first == 0xF0 && second < 0x90) ||
      (first == 0xF4 && second > 0x8F))
    return 0;
  return length;
}

}  // namespace

std::string valid_utf8(std::string_view text) {
  std::string valid;
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    if (length == 0) {
      valid += "\xEF\xBF\xBD";
    } else {
      valid += text.substr(0, length);
    }
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return valid;
}

void copy_file_tags(AVDictionary** to, const AVDictionary* from, bool bitexact) {
  for (const AVDictionaryEntry* entry = next_entry(from, nullptr); entry; entry = next_entry(from, entry)) {
    if (is_one_of(entry->key, kOldFileTags)) continue;
    if (bitexact && strcasecmp(entry->key, "creation_time") == 0) continue;
    set_tag(to, *entry);
  }
}

void copy_stream_tags(AVDictionary** to, const AVDictionary* from, bool is_encoded, const ContainerRules& rules) {
  const bool is_quick_time = rules.has_timecode_track();
  for (const AVDictionaryEntry* entry = next_entry(from, nullptr); entry; entry = next_entry(from, entry)) {
    const std::string_view key = entry->key;
    if (is_encoded && (is_one_of(entry->key, kOldFileTags) || is_one_of(entry->key, kStatisticsTags))) continue;
    // Matroska repeats them per language: BPS-eng.
    if (is_encoded && is_language_variant(key) &&
        is_one_of(std::string(key.substr(0, key.size() - 4)).c_str(), kStatisticsTags))
      continue;
    if (strcasecmp(entry->key, "duration") == 0) continue;  // the muxer writes its own
    if (!is_quick_time && is_one_of(entry->key, kQuickTimeTags)) continue;
    set_tag(to, *entry);
  }
}

void copy_chapters(AVFormatContext& to, const AVFormatContext& from, std::int64_t start_offset) {
  if (from.nb_chapters == 0) return;
  to.chapters = static_cast<AVChapter**>(av_calloc(from.nb_chapters, sizeof(AVChapter*)));
  if (!to.chapters) throw std::bad_alloc();
  for (unsigned i = 0; i < from.nb_chapters; ++i) {
    const AVChapter& chapter = *from.chapters[i];
    const std::int64_t shift = rescale(start_offset, {1, AV_TIME_BASE}, from_libav(chapter.time_base));
    const std::int64_t end = difference_of_stamps(chapter.end, shift);
    if (end <= 0) continue;
    auto* copy = static_cast<AVChapter*>(av_mallocz(sizeof(AVChapter)));
    if (!copy) throw std::bad_alloc();
    to.chapters[to.nb_chapters++] = copy;
    copy->id = chapter.id;
    copy->time_base = chapter.time_base;
    copy->start = std::max<std::int64_t>(difference_of_stamps(chapter.start, shift), 0);
    copy->end = end;
    for (const AVDictionaryEntry* entry = next_entry(chapter.metadata, nullptr); entry;
         entry = next_entry(chapter.metadata, entry))
      set_tag(&copy->metadata, *entry);
  }
}

void copy_programs(AVFormatContext& to, const AVFormatContext& from, const std::vector<int>& stream_map) {
  for (unsigned i = 0; i < from.nb_programs; ++i) {
    const AVProgram& program = *from.programs[i];
    AVProgram* copy = av_new_program(&to, program.id);
    if (!copy) throw std::bad_alloc();
    copy_file_tags(&copy->metadata, program.metadata, false);
    copy->program_num = program.program_num;
    copy->pmt_pid = program.pmt_pid;
    for (unsigned k = 0; k < program.nb_stream_indexes; ++k) {
      const std::size_t input = program.stream_index[k];
      if (input < stream_map.size() && stream_map[input] >= 0)
        av_program_add_stream_index(&to, program.id, static_cast<unsigned>(stream_map[input]));
    }
  }
}

std::vector<std::string> tags_without_place(const AVDictionary* tags, const ContainerRules& rules) {
  std::vector<std::string> lost;
  if (!rules.has_timecode_track()) return lost;
  for (const AVDictionaryEntry* entry = next_entry(tags, nullptr); entry; entry = next_entry(tags, entry)) {
    std::string key = entry->key;
    if (is_language_variant(key)) key.resize(key.size() - 4);
    if (!is_one_of(key.c_str(), kOldFileTags) && !is_one_of(key.c_str(), kMp4Tags)) lost.push_back(valid_utf8(key));
  }
  return lost;
}

}  // namespace reelface
