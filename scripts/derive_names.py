#!/usr/bin/env python3
"""Derives the list of person names and the list of common words of English.

    python3 scripts/derive_names.py CENSUS FAKER PERSONS NEWS OUT

CENSUS   `names-0.3.0.tar.gz` from PyPI, which holds the name lists of the 1990
         US Census (public domain): given names by sex, surnames
FAKER    `faker-40.54.0-py3-none-any.whl` from PyPI (MIT): given names by
         gender and surnames for some sixty languages
PERSONS  person-name forms of `rigour` 2.6.1 (MIT; Wikidata, CC0), TSV, gzipped
NEWS     1,584 press releases of the US Department of State (public domain),
         JSONL, gzipped: which words are common, and which of them stand in
         lower case
OUT      the folder to write `names.tsv` and `words.txt` to

`names.tsv` is sorted by bytes; a line is a name in lower case without accents,
a tab, and its flags:
    m, f  a given name of men, of women (both letters: of either)
    s     a surname
    o     some part of a person's name
"""

import ast
import collections
import io
import json
import os
import re
import sys
import tarfile
import zipfile

from derive_common import fold, raw, read

SHA256 = {
    "census": "726e46254f2ed03f1ffb5d941dae3bc67c35123941c29becd02d48d0caa2a671",
    "faker": "2dd88ee8cb63a9149e19ef48bdd73879bc3854d8ba2d6c1535e902a762e603f7",
    "persons": "f3fe65a6ece25de9fdffb76f89e4bfe8297bb9ffe8da61d73a0a8ceb5c56846f",
    "news": "fb9d741f4e5a993fa6476581f0c6b6f3f7966565c4c09483334fe95be3421d6a",
}
SURNAMES = 20_000
# Locales whose lists are Latin script and were looked over.
LOCALES = """az_AZ cs_CZ da_DK de_AT de_CH de_DE en en_GB en_IE en_IN en_KE en_NG en_NZ es es_AR es_CL es_CO es_ES es_MX
et_EE fi_FI fr_BE fr_CA fr_CH fr_DZ fr_FR ga_IE ha_NG hr_HR hu_HU id_ID ig_NG is_IS it_IT lt_LT lv_LV nl_BE nl_NL no_NO
pl_PL pt_BR pt_PT ro_RO sk_SK sl_SI sv_SE sw tr_TR tw_GH uz_UZ vi_VN yo_NG zu_ZA""".split()
# Given names that the lists give to one sex only and that both bear.
EITHER = "mumtaz noor nur iqbal kiran shamim nasim naseem riaz gul firdaus sabah rajab amal iman salam wafa jihad nour sasha jaspreet gurpreet harpreet mandeep".split()
NAME = re.compile(r"[a-z]{2,}(?:['-][a-z]+)*")


def tidy(name):
    name = fold(name.replace("’", "'")).lower().strip()
    return name if NAME.fullmatch(name) else None


def strings(node):
    return [n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)]


def census(data):
    """Given names with their share by sex, and surnames by rank."""
    share, surnames = collections.defaultdict(dict), []
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:gz") as tar:
        for member in tar.getmembers():
            base = os.path.basename(member.name)
            if not base.startswith("dist."):
                continue
            rows = [line.split() for line in tar.extractfile(member).read().decode().splitlines() if line.strip()]
            if base == "dist.all.last":
                surnames = [row[0].lower() for row in rows if int(row[3]) <= SURNAMES]
            else:
                for row in rows:
                    share[row[0].lower()]["m" if "male.first" in base and "female" not in base else "f"] = float(row[1])
    return share, surnames


def faker(data):
    """Names by flag, from the providers' class attributes."""
    found = collections.defaultdict(collections.Counter)
    with zipfile.ZipFile(io.BytesIO(data)) as wheel:
        for locale in LOCALES:
            tree = ast.parse(wheel.read(f"faker/providers/person/{locale}/__init__.py"))
            for node in ast.walk(tree):
                if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name):
                    continue
                key = node.targets[0].id
                flag = None
                if key.startswith(("first_name", "given_name")):
                    flag = "f" if "female" in key else "m" if "male" in key else None
                elif key.startswith("last_name"):
                    flag = "s"
                if flag:
                    for text in strings(node.value):
                        for name in text.split():
                            if tidy(name):
                                found[tidy(name)][flag] += 1
    return found


def common_words(data):
    """How often each word stands in lower case, and how often it stands capitalized."""
    lower, upper = collections.Counter(), collections.Counter()
    for line in data.decode().splitlines():
        for word in re.findall(r"[A-Za-z][a-z]+", json.loads(line)["text"]):
            (lower if word.islower() else upper)[word.lower()] += 1
    return lower, upper


def main():
    census_path, faker_path, persons_path, news_path, out = sys.argv[1:6]
    share, surnames = census(raw(census_path, SHA256["census"]))
    lists = faker(raw(faker_path, SHA256["faker"]))
    lower, upper = common_words(read(news_path, SHA256["news"]))

    # A word that stands in lower case at least now and then is a word.
    words = {w for w, n in lower.items() if n >= 2 and n * 12 >= upper[w]}

    flags = collections.defaultdict(set)
    for name, by in share.items():
        for sex, other in (("m", "f"), ("f", "m")):
            # The lists hold mistakes: a name of one in ten of the other sex is of one.
            if by.get(sex, 0) * 10 >= by.get(other, 0) and by.get(sex, 0) > 0:
                flags[name].add(sex)
    for name, counts in lists.items():
        for flag in counts:
            if flag == "s" or name not in share:
                flags[name].add(flag)
    for name in EITHER:
        flags[name].update("mf")
    for name in surnames:
        flags[name].add("s")
    for line in read(persons_path, SHA256["persons"]).decode().splitlines():
        for form in line.split("\t")[0].split("|"):
            form = tidy(form)
            if form and len(form) >= 4 and form not in words:
                flags[form].add("o")
    rows = []
    for name in sorted(flags, key=lambda n: n.encode()):
        own = flags[name] - {"o"} or flags[name]
        if name in words and own == {"s"} and lower[name] > 40:
            continue
        rows.append(name + "\t" + "".join(sorted(own)))
    with open(os.path.join(out, "names.tsv"), "w", encoding="utf-8", newline="\n") as file:
        file.write("\n".join(rows) + "\n")
    with open(os.path.join(out, "words.txt"), "w", encoding="utf-8", newline="\n") as file:
        file.write("\n".join(sorted(words)) + "\n")
    print(len(rows), "names,", len(words), "words")


if __name__ == "__main__":
    main()
