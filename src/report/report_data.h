// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace reelface {

// What a report shows: plain values in plain words. Whoever fills them need not know HTML; every text is escaped when
// the page is written. Empty parts leave no trace on the page.

/// An encoded still picture, ready for a browser.
struct ReportImage {
  std::string media_type;  ///< "image/jpeg" or "image/png"
  std::vector<std::uint8_t> bytes;
  int width = 0;
  int height = 0;

  bool empty() const { return bytes.empty(); }
};

enum class ReportTone { kPlain, kGood, kBad, kMuted };

/// One of the big numbers at the top.
struct ReportHeadline {
  std::string label;
  std::string value;
  std::string change;  ///< "+4.2"; the tone is for this
  std::string detail;  ///< what to hold it against, for example "input 26.1"
  ReportTone tone = ReportTone::kPlain;
};

struct ReportCell {
  std::string text;
  ReportTone tone = ReportTone::kPlain;
  bool is_number = false;  ///< aligned right
};

struct ReportTable {
  std::string title;
  std::string note;
  std::vector<std::string> columns;
  std::vector<std::vector<ReportCell>> rows;  ///< the first cell of a row is its heading
};

/// Decides the colour, the same on the whole page.
enum class ReportRole { kRestored, kInput, kReference, kOther };

struct ReportSeries {
  std::string name;
  ReportRole role = ReportRole::kOther;
  std::vector<double> values;  ///< one for each of the chart's frames; not finite = a gap
};

/// Values over time.
struct ReportChart {
  std::string title;
  std::string unit;
  std::string note;                  ///< what it says and which way is better
  std::vector<std::int64_t> frames;  ///< rising
  std::vector<double> seconds;       ///< of each frame, or empty
  std::vector<ReportSeries> series;
  std::vector<double> must_show{};  ///< values that lie on the axis whatever the series are, 0 and 100 for percent
};

/// The same picture before and after, for the slider; `reference` may be empty.
struct ReportPair {
  std::string title;
  std::string caption;
  ReportImage before;
  ReportImage after;
  ReportImage reference;
  std::string before_label = "Input";
  std::string after_label = "Restored";
  std::string reference_label = "Clean";
};

/// Pictures under a heading of their own.
struct ReportPairs {
  std::string title;
  std::vector<ReportPair> pairs;
};

struct ReportCrop {
  std::string label;  ///< for example "frame 120"
  ReportImage before;
  ReportImage after;
};

/// One face through the film.
struct ReportTrack {
  std::string title;
  std::string caption;
  std::vector<ReportCrop> crops;
  std::string before_label = "before";
  std::string after_label = "after";
};

struct ReportPicture {
  std::string label;
  ReportImage image;
};

/// Words to type, ready to be copied.
struct ReportCommand {
  std::string label;
  std::string text;
};

/// Somebody in a film.
struct ReportPerson {
  std::string title;
  std::string caption;
  std::vector<ReportPicture> crops;
  std::vector<std::pair<double, double>> presence;  ///< when seen, as shares of the film's length
  std::string when;                                 ///< the same in words
  std::vector<ReportCommand> commands;
};

struct ReportTiming {
  std::string stage;
  double seconds = 0;
};

struct ReportData {
  std::string title;
  std::string subtitle;
  std::vector<std::string> warnings;
  std::vector<ReportHeadline> headlines;
  std::vector<ReportPerson> people;
  std::vector<ReportPair> pairs;
  std::vector<ReportPairs> more_pairs;
  std::vector<ReportTrack> tracks;
  std::vector<ReportChart> charts;
  std::vector<ReportTable> tables;
  std::vector<ReportTiming> timings;
  std::string timing_note;
  std::string model_card;  ///< plain text, line breaks kept
  std::string footer;      ///< program, version, date
};

}  // namespace reelface
