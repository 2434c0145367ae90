// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "html_text.h"
#include "report_parts.h"

namespace reelface {
namespace {

std::string image_html(const ReportImage& image, const std::string& class_name, const std::string& description) {
  const bool is_png = image.media_type == "image/png";
  std::string html = "<img class=\"" + class_name + "\" alt=\"" + escaped(description) + "\"";
  if (image.width > 0 && image.height > 0) {
    html += " width=" + std::to_string(image.width) + " height=" + std::to_string(image.height);
  }
  return html + " src=\"data:image/" + (is_png ? "png" : "jpeg") + ";base64," + base64(image.bytes) + "\">";
}

std::string tag_html(const std::string& classes, const std::string& label) {
  return "<span class=\"tag " + classes + "\">" + escaped(label) + "</span>";
}

std::string mode_button_html(const char* mode, bool is_chosen, const std::string& left, const std::string& right) {
  return std::string("<button type=button data-mode=") + mode + " aria-pressed=" + (is_chosen ? "true" : "false") +
         ">" + escaped(left) + " · " + escaped(right) + "</button>";
}

std::string pair_html(const ReportPair& pair, std::size_t number) {
  const bool has_reference = !pair.reference.empty();
  const std::string name = pair.title.empty() ? "picture " + std::to_string(number + 1) : pair.title;
  std::string html = "<figure class=pair data-name=\"" + escaped(name) + "\" data-mode=restored>";
  html += "<div class=wipe style=\"--ratio:" + std::to_string(std::max(pair.before.width, 1)) + "/" +
          std::to_string(std::max(pair.before.height, 1)) + "\">";
  html += image_html(pair.before, "before", name + ", before") + image_html(pair.after, "after", name + ", after");
  if (has_reference) html += image_html(pair.reference, "reference", name + ", clean reference");
  html += "<div class=edge><b></b></div>";
  html += tag_html("left before", pair.before_label) + tag_html("right after", pair.after_label);
  if (has_reference)
    html += tag_html("left after", pair.after_label) + tag_html("right reference", pair.reference_label);
  html += "<input type=range min=0 max=100 step=0.5 value=50 aria-label=\"" + escaped(name) +
          ": how much of the left picture is shown, in percent\"></div>";
  html += "<figcaption><b>" + escaped(name) + "</b> " + escaped(pair.caption);
  html += "<span class=order>" + escaped(pair.before_label + " · " + pair.after_label) +
          (has_reference ? escaped(" · " + pair.reference_label) : "") + "</span>";  // on paper, side by side
  if (has_reference) {
    html += "<span class=modes role=group aria-label=\"What to compare\">" +
            mode_button_html("restored", true, pair.before_label, pair.after_label) +
            mode_button_html("reference", false, pair.after_label, pair.reference_label) + "</span>";
  }
  return html + "</figcaption></figure>";
}

}  // namespace

std::string pairs_html(const std::vector<ReportPair>& pairs) {
  std::string html = "<div class=viewer>";
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (!pairs[i].before.empty() && !pairs[i].after.empty()) html += pair_html(pairs[i], i);
  }
  return html + "</div>";
}

std::string tracks_html(const std::vector<ReportTrack>& tracks) {
  std::string html = "<div class=tracks>";
  for (const ReportTrack& track : tracks) {
    html += "<article class=\"card track\" data-before=\"" + escaped(track.before_label) + "\" data-after=\"" +
            escaped(track.after_label) + "\"><h3>" + escaped(track.title) + "</h3><p>" + escaped(track.caption) +
            "</p><div class=crops role=group aria-label=\"" + escaped(track.title) +
            ", crops\"><div class=\"crop names\" aria-hidden=true><span>" + escaped(track.before_label) +
            "</span><span>" + escaped(track.after_label) + "</span></div>";
    for (const ReportCrop& crop : track.crops) {
      if (crop.before.empty() || crop.after.empty()) continue;
      const std::string name = track.title + ", " + crop.label;
      html += "<button type=button class=crop data-name=\"" + escaped(name) + "\">" +
              image_html(crop.before, "", name + ", " + track.before_label) +
              image_html(crop.after, "", name + ", " + track.after_label) + "<span>" + escaped(crop.label) +
              "</span></button>";
    }
    html += "</div></article>";
  }
  return html + "</div><dialog aria-label=\"Close up\"></dialog>";  // filled when a crop is pressed
}

}  // namespace reelface
