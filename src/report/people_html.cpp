// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "html_text.h"
#include "report_parts.h"

namespace reelface {
namespace {

std::string crops_html(const ReportPerson& person) {
  std::string html = "<div class=looks>";
  for (const ReportPicture& crop : person.crops) {
    if (crop.image.empty()) continue;
    html += "<figure><img alt=\"" + escaped(person.title + ", " + crop.label) +
            "\" width=" + std::to_string(crop.image.width) + " height=" + std::to_string(crop.image.height) +
            " src=\"data:" + escaped(crop.image.media_type) + ";base64," + base64(crop.image.bytes) +
            "\"><figcaption>" + escaped(crop.label) + "</figcaption></figure>";
  }
  return html + "</div>";
}

/// When somebody is seen: a strip as long as the film.
std::string presence_html(const ReportPerson& person) {
  constexpr double kLeast = 0.003;  // of the strip: a glimpse still shows
  std::string html = "<div class=presence role=img aria-label=\"" + escaped(person.title + ": " + person.when) + "\">";
  for (const auto& [from, to] : person.presence) {
    const double start = std::clamp(from, 0.0, 1.0 - kLeast);
    const double length = std::clamp(to - start, kLeast, 1.0 - start);
    html += "<i style=\"left:" + percent(start) + ";width:" + percent(length) + "\"></i>";
  }
  return html + "</div><p class=when>" + escaped(person.when) + "</p>";
}

std::string commands_html(const ReportPerson& person) {
  std::string html = "<dl class=commands>";
  for (const ReportCommand& command : person.commands) {
    html += "<div><dt>" + escaped(command.label) +
            "</dt><dd><code class=command tabindex=0 role=textbox aria-readonly=true aria-label=\"" +
            escaped(person.title + ": " + command.label) + "\">" + escaped(command.text) + "</code></dd></div>";
  }
  return html + "</dl>";
}

}  // namespace

std::string people_html(const std::vector<ReportPerson>& people) {
  std::string html = "<div class=people>";
  for (const ReportPerson& person : people) {
    html += "<article class=\"card person\"><h3>" + escaped(person.title) + "</h3><p>" + escaped(person.caption) +
            "</p>" + crops_html(person) + presence_html(person) + commands_html(person) + "</article>";
  }
  return html + "</div>";
}

const char* people_style() {
  return R"css(
.people{display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,330px),1fr))}
.person h3{font-size:1.1rem}
.looks{display:flex;flex-wrap:wrap;gap:.5rem;margin:.8rem 0}
.looks figure{flex:none;margin:0}.looks img{display:block;width:88px;height:88px;object-fit:cover;border-radius:10px;background:#000}
.looks figcaption{font-size:.76rem;color:var(--muted);text-align:center;margin-top:.2rem}
.presence{position:relative;height:14px;border-radius:7px;background:var(--line);overflow:hidden}
.presence i{position:absolute;top:0;bottom:0;background:var(--restored)}
.person .when{font-size:.82rem}
.commands{margin:.7rem 0 0;display:grid;gap:.5rem}.commands dt{font-size:.8rem;color:var(--muted)}.commands dd{margin:.1rem 0 0}
.command{display:block;font:.84rem/1.45 ui-monospace,"DejaVu Sans Mono",monospace;color:var(--text);background:var(--page);
border:1px solid var(--line);border-radius:8px;padding:.4rem .6rem;overflow-wrap:anywhere;user-select:all;cursor:text}
@media print{.presence i{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.person{break-inside:avoid}}
)css";
}

const char* people_script() {
  return R"js(
for (const command of document.querySelectorAll('.command')) {
  command.addEventListener('focus', () => getSelection().selectAllChildren(command));
}
)js";
}

}  // namespace reelface
