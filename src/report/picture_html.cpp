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

std::string pair_html(const ReportPair& pair, std::size_t number) {
  const bool has_reference = !pair.reference.empty();
  const std::string name = pair.title.empty() ? "picture " + std::to_string(number + 1) : pair.title;
  std::string html = "<figure class=pair data-name=\"" + escaped(name) + "\" data-mode=restored>";
  html += "<div class=wipe style=\"--ratio:" + std::to_string(std::max(pair.before.width, 1)) + "/" +
          std::to_string(std::max(pair.before.height, 1)) + "\">";
  html += image_html(pair.before, "before", name + ", before") + image_html(pair.after, "after", name + ", after");
  if (has_reference) html += image_html(pair.reference, "reference", name + ", clean reference");
  html +=
      "<div class=edge><b></b></div><span class=\"tag left\"></span><span class=\"tag right\"></span>"
      "<input type=range min=0 max=100 step=0.5 value=50 aria-label=\"" +
      escaped(name) + ": how much of the left picture is shown, in percent\"></div>";
  html += "<figcaption><b>" + escaped(name) + "</b> " + escaped(pair.caption);
  if (has_reference) {
    html +=
        "<span class=modes role=group aria-label=\"What to compare\">"
        "<button type=button data-mode=restored aria-pressed=true>Input · Restored</button>"
        "<button type=button data-mode=reference aria-pressed=false>Restored · Clean</button></span>";
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
    html += "<article class=\"card track\"><h3>" + escaped(track.title) + "</h3><p>" + escaped(track.caption) +
            "</p><div class=crops tabindex=0 role=group aria-label=\"" + escaped(track.title) +
            ", crops\"><div class=\"crop names\" aria-hidden=true><span>before</span><span>after</span></div>";
    for (const ReportCrop& crop : track.crops) {
      if (crop.before.empty() || crop.after.empty()) continue;
      html += "<figure class=crop>" + image_html(crop.before, "", track.title + ", " + crop.label + ", before") +
              image_html(crop.after, "", track.title + ", " + crop.label + ", after") + "<figcaption>" +
              escaped(crop.label) + "</figcaption></figure>";
    }
    html += "</div></article>";
  }
  return html + "</div>";
}

}  // namespace reelface
