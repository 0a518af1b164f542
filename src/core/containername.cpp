// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/containername.h"

#include <QRandomGenerator>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

constexpr std::array adjectives{"able"_L1, "agile"_L1, "amber"_L1, "ample"_L1, "ardent"_L1, "azure"_L1, "balmy"_L1, "blithe"_L1,
    "bold"_L1, "breezy"_L1, "bright"_L1, "brisk"_L1, "bronze"_L1, "buoyant"_L1, "calm"_L1, "candid"_L1, "cheery"_L1, "chirpy"_L1,
    "civil"_L1, "clear"_L1, "clever"_L1, "coral"_L1, "cosy"_L1, "crisp"_L1, "curious"_L1, "dapper"_L1, "daring"_L1, "deft"_L1,
    "diligent"_L1, "dreamy"_L1, "eager"_L1, "earnest"_L1, "easy"_L1, "fabled"_L1, "fair"_L1, "fearless"_L1, "festive"_L1,
    "fleet"_L1, "fluent"_L1, "fond"_L1, "frank"_L1, "fresh"_L1, "frosty"_L1, "gallant"_L1, "gentle"_L1, "gifted"_L1, "glad"_L1,
    "gleaming"_L1, "golden"_L1, "graceful"_L1, "hardy"_L1, "hearty"_L1, "honest"_L1, "humble"_L1, "ideal"_L1, "intrepid"_L1,
    "ivory"_L1, "jaunty"_L1, "jovial"_L1, "keen"_L1, "kind"_L1, "lively"_L1, "loyal"_L1, "lucid"_L1, "lucky"_L1, "lunar"_L1,
    "mellow"_L1, "merry"_L1, "mighty"_L1, "mindful"_L1, "modest"_L1, "nimble"_L1, "noble"_L1, "opal"_L1, "patient"_L1,
    "peaceful"_L1, "placid"_L1, "playful"_L1, "plucky"_L1, "polished"_L1, "prompt"_L1, "proud"_L1, "quick"_L1, "quiet"_L1,
    "radiant"_L1, "ready"_L1, "robust"_L1, "rosy"_L1, "sage"_L1, "sandy"_L1, "serene"_L1, "silver"_L1, "sincere"_L1, "sleek"_L1,
    "snug"_L1, "solar"_L1, "spirited"_L1, "spry"_L1, "steady"_L1, "stellar"_L1, "sunny"_L1, "swift"_L1, "tidal"_L1, "tidy"_L1,
    "tranquil"_L1, "trusty"_L1, "upbeat"_L1, "valiant"_L1, "velvet"_L1, "vivid"_L1, "warm"_L1, "watchful"_L1, "willing"_L1,
    "windy"_L1, "wise"_L1, "witty"_L1, "worthy"_L1, "zesty"_L1};

// Sailors, explorers, map makers, scholars and engineers; surnames only, in plain letters.
constexpr std::array surnames{"abel"_L1, "agnesi"_L1, "ampere"_L1, "amundsen"_L1, "andree"_L1, "anning"_L1, "baret"_L1,
    "barents"_L1, "battuta"_L1, "beaufort"_L1, "becquerel"_L1, "bellingshausen"_L1, "bering"_L1, "bernoulli"_L1, "biruni"_L1,
    "bly"_L1, "bode"_L1, "bose"_L1, "bougainville"_L1, "boyle"_L1, "brahe"_L1, "braille"_L1, "brunel"_L1, "bunsen"_L1, "byrd"_L1,
    "cabot"_L1, "cabral"_L1, "cantor"_L1, "carson"_L1, "cartier"_L1, "cassini"_L1, "cavendish"_L1, "celsius"_L1, "chandra"_L1,
    "charcot"_L1, "chatelet"_L1, "choe"_L1, "clarke"_L1, "cook"_L1, "copernicus"_L1, "cousteau"_L1, "curie"_L1, "dalton"_L1,
    "darwin"_L1, "davy"_L1, "descartes"_L1, "diesel"_L1, "dirac"_L1, "doppler"_L1, "drake"_L1, "earhart"_L1, "edison"_L1,
    "einstein"_L1, "eratosthenes"_L1, "erdos"_L1, "euclid"_L1, "euler"_L1, "fahrenheit"_L1, "faraday"_L1, "fermat"_L1, "fermi"_L1,
    "feynman"_L1, "fibonacci"_L1, "flinders"_L1, "foucault"_L1, "fourier"_L1, "franklin"_L1, "fulton"_L1, "galilei"_L1,
    "galois"_L1, "gama"_L1, "gauss"_L1, "germain"_L1, "gilbert"_L1, "godel"_L1, "goodall"_L1, "halley"_L1, "hamilton"_L1,
    "harrison"_L1, "heo"_L1, "herschel"_L1, "hertz"_L1, "hilbert"_L1, "hooke"_L1, "hopper"_L1, "hubble"_L1, "hudson"_L1,
    "humboldt"_L1, "hutton"_L1, "huygens"_L1, "hypatia"_L1, "idrisi"_L1, "jang"_L1, "jemison"_L1, "jeong"_L1, "johnson"_L1,
    "joule"_L1, "kelvin"_L1, "kepler"_L1, "khayyam"_L1, "kim"_L1, "kovalevskaya"_L1, "kuiper"_L1, "lagrange"_L1, "laplace"_L1,
    "lavoisier"_L1, "leavitt"_L1, "leibniz"_L1, "linne"_L1, "lovelace"_L1, "lyell"_L1, "mach"_L1, "magellan"_L1, "maury"_L1,
    "maxwell"_L1, "mayer"_L1, "meitner"_L1, "mendel"_L1, "mendeleev"_L1, "mercator"_L1, "mirzakhani"_L1, "mitchell"_L1,
    "morse"_L1, "nansen"_L1, "neumann"_L1, "newton"_L1, "nightingale"_L1, "nobel"_L1, "noether"_L1, "nordenskiold"_L1, "ohm"_L1,
    "orsted"_L1, "park"_L1, "pascal"_L1, "pasteur"_L1, "pauling"_L1, "payne"_L1, "peary"_L1, "piccard"_L1, "pierce"_L1,
    "planck"_L1, "poincare"_L1, "polo"_L1, "ptolemy"_L1, "pythagoras"_L1, "ramanujan"_L1, "rayleigh"_L1, "ride"_L1, "riemann"_L1,
    "ritchie"_L1, "ross"_L1, "rutherford"_L1, "sagan"_L1, "scott"_L1, "sejong"_L1, "shackleton"_L1, "shannon"_L1, "siemens"_L1,
    "slocum"_L1, "snell"_L1, "somerville"_L1, "stokes"_L1, "tasman"_L1, "tesla"_L1, "thales"_L1, "torricelli"_L1, "turing"_L1,
    "vancouver"_L1, "venn"_L1, "vespucci"_L1, "volta"_L1, "watt"_L1, "wegener"_L1, "weyl"_L1, "wright"_L1, "wu"_L1, "yeoh"_L1,
    "yi"_L1, "young"_L1, "zheng"_L1};

template<std::size_t size> QLatin1StringView pick(const std::array<QLatin1StringView, size> &words)
{
    return words[QRandomGenerator::system()->bounded(static_cast<quint32>(size))];
}

bool isLetterOrDigit(QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9'); }

} // namespace

QString randomContainerId()
{
    for (;;) {
        std::array<quint32, 8> words{};
        QRandomGenerator::system()->fillRange(words.data(), static_cast<qsizetype>(words.size()));
        const QByteArray bytes(reinterpret_cast<const char *>(words.data()), sizeof words);
        QString id = QString::fromLatin1(bytes.toHex());
        if (std::ranges::any_of(id.first(12), [](QChar c) { return c > u'9'; }))
            return id;
    }
}

QString randomContainerName() { return pick(adjectives) + u'_' + pick(surnames); }

Result<> checkContainerName(QStringView name)
{
    const auto isAllowed = [](QChar c) { return isLetterOrDigit(c) || c == u'_' || c == u'.' || c == u'-'; };
    if (name.size() < 2 || !isLetterOrDigit(name.front()) || !std::ranges::all_of(name, isAllowed))
        return fail(ErrorCode::InvalidArgument,
            "Invalid container name (" + name.toString().toStdString() + "), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
    return {};
}

} // namespace berth
