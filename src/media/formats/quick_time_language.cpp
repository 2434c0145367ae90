// SPDX-License-Identifier: Apache-2.0
#include "media/formats/quick_time_language.h"

#include <array>
#include <string_view>
#include <utility>

namespace reelface {
namespace {

constexpr std::string_view kTaken =
    " alb amh ara arm asm aym aze baq bel ben bul bur cat nya chi ces dan dut dzo eng epo est fin fra geo ger gre grn "
    "guj "
    "heb hin hun ind ice ita jpn jav kan kas kaz khm kin kir kor kur lat lao lit lav mac mlg may mal mlt mar mon nep "
    "nor "
    "orm ori per pol pus por que run ron rus san snd sin slk slv som spa swa sve tam tel tgk tha tir tib tuk tgl tur "
    "tat "
    "uig ukr urd uzb vie wel yid smi ";

// Other codes of ISO 639-2 for the same languages; Norwegian has one number for both of its forms.
constexpr std::array<std::pair<std::string_view, std::string_view>, 22> kOtherNames{
    {{"sqi", "alb"}, {"hye", "arm"}, {"eus", "baq"}, {"mya", "bur"}, {"zho", "chi"}, {"cze", "ces"},
     {"nld", "dut"}, {"kat", "geo"}, {"deu", "ger"}, {"ell", "gre"}, {"isl", "ice"}, {"msa", "may"},
     {"mkd", "mac"}, {"fas", "per"}, {"rum", "ron"}, {"slo", "slk"}, {"swe", "sve"}, {"fre", "fra"},
     {"bod", "tib"}, {"cym", "wel"}, {"nob", "nor"}, {"nno", "nor"}}};

}  // namespace

std::string quick_time_language(const std::string& code) {
  for (const auto& [name, taken] : kOtherNames)
    if (code == name) return std::string(taken);
  return code.size() == 3 && kTaken.find(" " + code + " ") != std::string_view::npos ? code : "";
}

}  // namespace reelface
