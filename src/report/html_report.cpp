// SPDX-License-Identifier: Apache-2.0
#include "report/html_report.h"

#include <algorithm>

#include "core/whole_file.h"
#include "html_text.h"
#include "report_parts.h"

namespace reelface {
namespace {

/// A part of the page with its heading and its place in the navigation.
struct Section {
  std::string id;
  std::string title;
  std::string html;
};

std::string charts_html(const std::vector<ReportChart>& charts) {
  std::string html = "<div class=charts>";
  int number = 0;
  for (const ReportChart& chart : charts) html += chart_html(chart, ++number);
  return html + "</div>";
}

std::string tables_html(const std::vector<ReportTable>& tables) {
  std::string html;
  for (const ReportTable& table : tables) html += table_html(table);
  return html;
}

std::vector<Section> sections(const ReportData& data) {
  std::vector<Section> list;
  if (!data.people.empty()) list.push_back({"people", "People", people_html(data.people)});
  if (!data.pairs.empty()) list.push_back({"pictures", "Before and after", pairs_html(data.pairs)});
  for (const ReportPairs& more : data.more_pairs)
    list.push_back({"pictures-" + std::to_string(list.size()), escaped(more.title), pairs_html(more.pairs)});
  if (!data.tracks.empty()) list.push_back({"faces", "Faces", tracks_html(data.tracks)});
  if (!data.charts.empty()) list.push_back({"time", "Over time", charts_html(data.charts)});
  if (!data.tables.empty()) list.push_back({"figures", "Figures", tables_html(data.tables)});
  if (!data.timings.empty())
    list.push_back({"timing", "Where the time went", timings_html(data.timings, data.timing_note)});
  if (!data.model_card.empty()) {
    list.push_back({"model", "Model", "<div class=\"card model\">" + escaped(data.model_card) + "</div>"});
  }
  return list;
}

std::string head_html(const std::string& title) {
  // The policy keeps the page from reaching the network even if something slipped through the escaping.
  return "<!DOCTYPE html>\n<html lang=en><head><meta charset=utf-8>"
         "<meta name=viewport content=\"width=device-width,initial-scale=1\">"
         "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; img-src data:; style-src "
         "'unsafe-inline'; script-src 'unsafe-inline'\">"
         "<meta name=color-scheme content=\"light dark\"><title>" +
         escaped(title) + "</title><style>" + report_style() + people_style() + "</style></head>\n<body>";
}

std::string page(const ReportData& data) {
  const std::vector<Section> parts = sections(data);
  std::string html =
      head_html(data.title) + "<header class=top><div><p class=over>Reelface</p><h1>" + escaped(data.title) + "</h1>";
  if (!data.subtitle.empty()) html += "<p class=sub>" + escaped(data.subtitle) + "</p>";
  html += "</div><button type=button class=theme hidden>Dark</button></header>";
  if (parts.size() > 1) {
    html += "<nav aria-label=Sections>";
    for (const Section& part : parts) html += "<a href=\"#" + part.id + "\">" + part.title + "</a>";
    html += "</nav>";
  }
  html += "\n<main>";
  if (!data.headlines.empty()) html += headlines_html(data.headlines);
  if (!data.warnings.empty()) html += warnings_html(data.warnings);
  for (const Section& part : parts) {
    html += "\n<section id=" + part.id + "><h2>" + part.title + "</h2>" + part.html + "</section>";
  }
  html += "</main>\n<footer>" + escaped(data.footer) + "</footer><script>" + report_script() + people_script() +
          "</script></body></html>\n";
  return html;
}

std::size_t encoded_size(const ReportImage& image) {
  return (image.bytes.size() + 2) / 3 * 4;
}

using PictureGroups = std::vector<std::vector<ReportImage*>>;

/// References, then whole pictures from the back.
void add_pairs(PictureGroups& groups, std::vector<ReportPair>& pairs) {
  for (auto pair = pairs.rbegin(); pair != pairs.rend(); ++pair) groups.push_back({&pair->reference});
  for (auto pair = pairs.rbegin(); pair != pairs.rend(); ++pair) groups.push_back({&pair->before, &pair->after});
}

/// All pictures, the least missed first: late crops, then whole pictures.
PictureGroups pictures_by_worth(ReportData& data) {
  PictureGroups groups;
  std::size_t most_crops = 0;
  for (const ReportTrack& track : data.tracks) most_crops = std::max(most_crops, track.crops.size());
  std::size_t most_looks = 0;
  for (const ReportPerson& person : data.people) most_looks = std::max(most_looks, person.crops.size());
  for (std::size_t look = most_looks; look-- > 0;) {
    for (auto person = data.people.rbegin(); person != data.people.rend(); ++person) {
      if (look < person->crops.size()) groups.push_back({&person->crops[look].image});
    }
  }
  for (std::size_t crop = most_crops; crop-- > 0;) {
    for (auto track = data.tracks.rbegin(); track != data.tracks.rend(); ++track) {
      if (crop < track->crops.size()) groups.push_back({&track->crops[crop].before, &track->crops[crop].after});
    }
  }
  for (auto more = data.more_pairs.rbegin(); more != data.more_pairs.rend(); ++more) add_pairs(groups, more->pairs);
  add_pairs(groups, data.pairs);
  return groups;
}

/// Empties pictures until the rest fits into `budget`. How many were emptied.
int drop_pictures(ReportData& data, std::size_t budget) {
  const PictureGroups groups = pictures_by_worth(data);
  std::size_t total = 0;
  for (const auto& group : groups) {
    for (const ReportImage* image : group) total += encoded_size(*image);
  }
  int dropped = 0;
  for (const auto& group : groups) {
    if (total <= budget) break;
    for (ReportImage* image : group) {
      if (image->empty()) continue;
      total -= encoded_size(*image);
      *image = {};
      ++dropped;
    }
  }
  return dropped;
}

}  // namespace

std::string html_report(const ReportData& data) {
  std::string html = page(data);
  if (html.size() <= kLargestReportBytes) return html;
  constexpr std::size_t kRoomForTheNote = 1000;
  ReportData smaller = data;
  std::size_t pictures = 0;
  for (const auto& group : pictures_by_worth(smaller)) {
    for (const ReportImage* image : group) pictures += encoded_size(*image);
  }
  const std::size_t rest = html.size() - std::min(pictures, html.size()) + kRoomForTheNote;
  const int dropped = drop_pictures(smaller, kLargestReportBytes - std::min(rest, kLargestReportBytes));
  smaller.warnings.push_back(std::to_string(dropped) +
                             " pictures were left out to keep this page small enough for a mail. Fewer or smaller "
                             "pictures would fit.");
  return page(smaller);
}

void write_html_report(const std::string& path, const ReportData& data, bool overwrite) {
  write_whole_file(path, html_report(data), replacing(overwrite));
}

}  // namespace reelface
