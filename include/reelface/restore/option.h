// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace reelface {

/// The values of one option, as the command line takes them. None: a flag that is on.
using OptionTexts = std::vector<std::string>;

enum class OptionType { kFlag, kText, kFile, kModel, kWord, kInteger, kNumber, kTime, kSize };

/// What an option is about, and so how long it holds.
enum class Belongs {
  kFilm,  ///< what is made of the film; kept with a plan
  kRun,   ///< by what means; kept with a plan as well, so that all parts are made alike
  kCall,  ///< where things are, what is asked and what is shown; no plan may say it
};

/// What another value of it changes.
enum class Changes {
  kPixels,
  kOutput,  ///< the output's sound, subtitles, tags or bytes, but no pixel
  kNothing,
};

struct OptionRange {
  double lowest, highest;
  bool includes_lowest = true, includes_highest = true;
  std::string rule;  ///< "must be between 0 and 100"
  std::string advice;

  /// False for what is no number.
  bool holds(double value) const;
};

/// Everything there is to know about an option but where its value lies.
struct OptionFacts {
  std::string name;                  ///< without dashes: "strength", or one letter
  std::vector<std::string> aliases;  ///< as typed: "--face-enhancer-blend", "-s", and ffmpeg's "-c:v"
  std::string place;                 ///< "INPUT": it may be given without its name, in this place
  std::string group;
  std::string help;
  OptionType type = OptionType::kText;
  std::string value;               ///< what stands for the value: "TIME"; empty for a flag
  std::vector<std::string> words;  ///< of which it is one
  std::string usual;               ///< what holds when it is left out, for people
  bool repeats = false;
  std::optional<OptionRange> range;
  Belongs belongs = Belongs::kFilm;
  Changes changes = Changes::kPixels;
  bool of_one_film = false;          ///< a place in a film, or somebody in it: no settings for many films hold it
  bool is_all_along = false;         ///< means nothing for a stretch of a film alone
  bool is_behind_following = false;  ///< decides nothing before all faces are followed
  std::string rival;                 ///< the option that says the same otherwise: of both, only one can hold

  /// From one stretch of a film to the next.
  bool may_vary() const { return !is_all_along; }
  /// What a file of settings may say.
  bool is_setting() const { return belongs != Belongs::kCall && !of_one_film; }
  /// "--strength", "-e"
  std::string dashed() const;
};

/// An option whose value is a field of `Owner`, or of a part of it. A row of a table.
template <class Owner>
struct OptionOf : OptionFacts {
  /// None: it is as if it had been left out.
  std::function<std::optional<OptionTexts>(const Owner&)> read;
  /// False for values that are none. Throws Error(kUsage) where there is more to say.
  std::function<bool(Owner&, const OptionTexts&)> write;

  OptionOf& also(const std::string& alias) { return aliases.push_back(alias), *this; }
  OptionOf& in_place(const std::string& name_of_place) { return place = name_of_place, *this; }
  OptionOf& shown_as(const std::string& name_of_value) { return value = name_of_value, *this; }
  OptionOf& of_type(OptionType other) { return type = other, *this; }
  OptionOf& usually(const std::string& text) { return usual = text, *this; }
  OptionOf& within(const OptionRange& allowed) { return range = allowed, *this; }
  OptionOf& of(Belongs other) { return belongs = other, *this; }
  OptionOf& changing(Changes other) { return changes = other, *this; }
  OptionOf& only_of_one_film() { return of_one_film = true, *this; }
  OptionOf& all_along() { return is_all_along = true, *this; }
  OptionOf& behind_following() { return is_behind_following = true, *this; }
  OptionOf& instead_of(const std::string& other) { return rival = other, *this; }
};

/// How values of a kind are written down. `read` is false for what is none, or throws Error(kUsage) to say more.
template <class Value>
struct OptionNotation {
  OptionType type = OptionType::kText;
  std::string value;
  std::optional<std::string> (*write)(const Value&) = nullptr;  ///< none: as if it had been left out
  bool (*read)(const std::string&, Value&) = nullptr;
};

template <class Value>
OptionNotation<Value> plain_notation();
template <>
OptionNotation<int> plain_notation();
template <>
OptionNotation<std::int64_t> plain_notation();
template <>
OptionNotation<double> plain_notation();
template <>
OptionNotation<std::optional<double>> plain_notation();
template <>
OptionNotation<std::string> plain_notation();

/// Seconds, or h:mm:ss.
OptionNotation<std::optional<double>> time_notation();

/// Reads what a flag was given: nothing, or a word for yes or no. False for anything else.
bool read_flag(const OptionTexts& texts, bool& is_on);

/// A field of `Owner` or of a part of it, found again in any owner.
template <class Owner, class Value, class Find>
struct OptionField {
  Find find;
};

template <class Owner, class Value>
auto field(Value Owner::*value) {
  const auto find = [value](auto& owner) -> auto& {
    return owner.*value;
  };
  return OptionField<Owner, Value, decltype(find)>{find};
}

template <class Owner, class Part, class Value>
auto field(Part Owner::*part, Value Part::*value) {
  const auto find = [ part, value ](auto& owner) -> auto& {
    return owner.*part.*value;
  };
  return OptionField<Owner, Value, decltype(find)>{find};
}

template <class Owner, class Part, class Inner, class Value>
auto field(Part Owner::*part, Inner Part::*inner, Value Inner::*value) {
  const auto find = [ part, inner, value ](auto& owner) -> auto& {
    return owner.*part.*inner.*value;
  };
  return OptionField<Owner, Value, decltype(find)>{find};
}

/// One value.
template <class Owner, class Value, class Find>
OptionOf<Owner> option(const std::string& name, const OptionField<Owner, Value, Find>& field, const std::string& help,
                       const OptionNotation<Value>& notation = plain_notation<Value>()) {
  OptionOf<Owner> row;
  row.name = name;
  row.help = help;
  row.type = notation.type;
  row.value = notation.value;
  row.read = [find = field.find, notation](const Owner& owner) -> std::optional<OptionTexts> {
    const std::optional<std::string> text = notation.write(find(owner));
    return text ? std::optional<OptionTexts>({*text}) : std::nullopt;
  };
  row.write = [find = field.find, notation](Owner& owner, const OptionTexts& texts) {
    return texts.size() == 1 && notation.read(texts.front(), find(owner));
  };
  if (const auto texts = row.read(Owner())) row.usual = texts->front();
  return row;
}

/// Any number of values, each behind the name of its own.
template <class Owner, class Value, class Find>
OptionOf<Owner> list(const std::string& name, const OptionField<Owner, std::vector<Value>, Find>& field,
                     const std::string& help, const OptionNotation<Value>& notation = plain_notation<Value>()) {
  OptionOf<Owner> row;
  row.name = name;
  row.help = help;
  row.type = notation.type;
  row.value = notation.value;
  row.repeats = true;
  row.read = [find = field.find, notation](const Owner& owner) -> std::optional<OptionTexts> {
    OptionTexts texts;
    for (const Value& value : find(owner)) texts.push_back(notation.write(value).value_or(""));
    return texts.empty() ? std::nullopt : std::optional<OptionTexts>(texts);
  };
  row.write = [find = field.find, notation](Owner& owner, const OptionTexts& texts) {
    std::vector<Value>& values = find(owner);
    values.assign(texts.size(), Value());
    for (std::size_t i = 0; i < texts.size(); ++i) {
      if (!notation.read(texts[i], values[i])) return false;
    }
    return !texts.empty();
  };
  return row;
}

/// Makes its field `when_given`; left out, the field is the other.
template <class Owner, class Find>
OptionOf<Owner> flag(const std::string& name, const OptionField<Owner, bool, Find>& field, const std::string& help,
                     bool when_given = true) {
  OptionOf<Owner> row;
  row.name = name;
  row.help = help;
  row.type = OptionType::kFlag;
  row.read = [find = field.find, when_given](const Owner& owner) {
    return find(owner) == when_given ? std::optional<OptionTexts>(OptionTexts()) : std::nullopt;
  };
  row.write = [find = field.find, when_given](Owner& owner, const OptionTexts& texts) {
    bool is_on = false;
    if (!read_flag(texts, is_on)) return false;
    find(owner) = is_on == when_given;
    return true;
  };
  return row;
}

/// One of a few words.
template <class Owner, class Value, class Find>
OptionOf<Owner> choice(const std::string& name, const OptionField<Owner, Value, Find>& field, const std::string& help,
                       const std::vector<std::pair<std::string, Value>>& meanings) {
  OptionOf<Owner> row;
  row.name = name;
  row.help = help;
  row.type = OptionType::kWord;
  row.value = "WORD";
  for (const auto& [word, meaning] : meanings) row.words.push_back(word);
  row.read = [find = field.find, meanings](const Owner& owner) -> std::optional<OptionTexts> {
    for (const auto& [word, meaning] : meanings) {
      if (meaning == find(owner)) return OptionTexts{word};
    }
    return std::nullopt;
  };
  row.write = [find = field.find, meanings](Owner& owner, const OptionTexts& texts) {
    for (const auto& [word, meaning] : meanings) {
      if (texts != OptionTexts{word}) continue;
      find(owner) = meaning;
      return true;
    }
    return false;
  };
  if (const auto texts = row.read(Owner())) row.usual = texts->front();
  return row;
}

/// The same of a text that is the word itself.
template <class Owner, class Find>
OptionOf<Owner> words(const std::string& name, const OptionField<Owner, std::string, Find>& field,
                      const std::string& help, const std::vector<std::string>& allowed) {
  std::vector<std::pair<std::string, std::string>> meanings;
  meanings.reserve(allowed.size());
  for (const std::string& word : allowed) meanings.emplace_back(word, word);
  return choice(name, field, help, meanings);
}

template <class Owner, class Find>
OptionOf<Owner> on_or_off(const std::string& name, const OptionField<Owner, bool, Find>& field,
                          const std::string& help) {
  return choice(name, field, help, std::vector<std::pair<std::string, bool>>{{"on", true}, {"off", false}});
}

}  // namespace reelface
