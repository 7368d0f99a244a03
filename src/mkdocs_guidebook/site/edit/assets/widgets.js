// The controls that Decap lacks. Each builds on one of Decap's own.

const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const PORTION = 20; // items of a list that are shown at a time

/** Registers the controls; `checker` checks texts, `t` has the words. */
export function registerWidgets(CMS, checker, t) {
  const h = window.h;
  const own = (name) => CMS.getWidget(name).control;
  const Component = Object.getPrototypeOf(own("list"));

  /** A text with marks: checked while it is written. */
  class Prose extends own("text") {
    isValid = () => {
      const field = { ...this.props.field.toJS(), folder: this.props.collection?.get("folder") };
      const message = checker.prose(this.props.value, field);
      return message ? { error: { message } } : true;
    };
  }
  CMS.registerWidget("guidebook-line", Prose, undefined, {});
  CMS.registerWidget("guidebook-text", Prose, undefined, {});

  /** The short name of a new record; for a record that exists, its name in words. */
  class Name extends own("string") {
    isValid = () => {
      if (!isNew(this.props)) return true;
      const value = typeof this.props.value === "string" ? this.props.value.trim() : "";
      return ID.test(value) || { error: { message: t("name_wrong") } };
    };

    render() {
      const { entry, forID, classNameWrapper, value, onChange } = this.props;
      const typed = typeof value === "string" ? value : "";
      if (isNew(this.props)) {
        return h("input", { type: "text", id: forID, className: classNameWrapper, value: typed, onChange: (event) => onChange(event.target.value) });
      }
      return h("p", { id: forID, className: classNameWrapper }, `${entry.get("slug")}. ${t("name_fixed")}`);
    }
  }
  CMS.registerWidget("guidebook-name", Name, undefined, {});

  CMS.registerWidget("guidebook-choice", choice(own("relation"), optionsOf(CMS)), undefined, {});
  // Decap makes room for the items of `list` alone, so that ours takes its name.
  const { control, preview, schema } = CMS.getWidget("list");
  CMS.registerWidget("list", portioned(control, Component, h, t), preview, schema);
}

function isNew({ entry }) {
  return Boolean(entry?.get("newRecord"));
}

/**
 * Returns a function that gives everything that a field may refer to, as options. Each file is read once for all
 * fields and again after something was saved: Decap's own relation asks and compares anew for every field, which
 * takes half a minute for an article with many figures.
 */
function optionsOf(CMS) {
  let kept = new Map();
  CMS.registerEventListener({ name: "postSave", handler: () => void (kept = new Map()) });
  return ({ field, query, forID }) => {
    const [collection, file] = [field.get("collection"), field.get("file")];
    // every file has a `_source`, so that a search for nothing in it finds all
    if (!kept.has(collection)) kept.set(collection, query(forID, collection, ["_source"], ""));
    const isWanted = ({ slug }) => !file || slug === file;
    return kept.get(collection).then(({ payload }) => payload.hits.filter(isWanted).flatMap((hit) => options(hit, field)));
  };
}

function options({ slug, data }, field) {
  const [list, knownBy, address] = ["list", "known_by", "address"].map((name) => field.get(name));
  const option = (one, value, more) => ({ value, label: `${one[knownBy] ?? value}${more}`, data: {} });
  if (!list) return [option(data, slug, "")];
  const inside = address === "inside";
  return (data[list] ?? []).map((one) => option(one, inside ? `${slug}#${one.id}` : one.id, inside ? ` (${data.title})` : ` (${one.id})`));
}

/** Returns a control that chooses among the entries of other files, by their names or ids. */
function choice(Relation, optionsFor) {
  return class extends Relation {
    parseHitOptions = () => [];

    loadOptions = async (words, done) => {
      const wanted = words.trim().toLowerCase().split(/\s+/);
      const all = await optionsFor(this.props);
      done(all.filter(({ label }) => wanted.every((word) => label.toLowerCase().includes(word))).slice(0, 50));
    };

    async loadInitialOptions() {
      const { value } = this.props;
      const chosen = typeof value === "string" ? [value] : value.toJS();
      const all = await optionsFor(this.props);
      const found = chosen.map((id) => all.find((one) => one.value === id) ?? { value: id, label: id, data: {} });
      if (this.mounted) this.setState({ initialOptions: found });
    }
  };
}

/** Returns a list control that shows a long list in portions, with a search. */
function portioned(List, Component, h, t) {
  return class extends Component {
    state = { words: "", from: 0, round: 0, places: this.found("").slice(0, PORTION) };
    isLong = this.props.value?.size > PORTION; // a list that grows while it is open stays as it is shown

    setInner = (inner) => {
      this.inner = inner;
    };

    isValid = () => this.inner?.isValid?.() ?? true;
    validate = () => this.inner?.validate?.();
    focus = (path) => this.inner?.focus?.(path);
    shouldComponentUpdate() {
      return true;
    }

    /** The places of the items that have all these words. */
    found(text) {
      const { value } = this.props;
      const words = text.trim().toLowerCase().split(/\s+/);
      const has = (place) => words.every((word) => JSON.stringify(value.get(place)).toLowerCase().includes(word));
      return value ? [...value.keys()].filter(has) : [];
    }

    show(words, from) {
      const places = this.found(words).slice(from, from + PORTION);
      this.setState({ words, from, places, round: this.state.round + 1 });
    }

    /** Puts the portion, as the list inside has changed it, back into the whole. */
    change = (part, metadata) => {
      const { value, onChange } = this.props;
      const { places } = this.state;
      let result = value;
      if (part.size === places.length) {
        places.forEach((place, index) => (result = result.set(place, part.get(index))));
      } else if (part.size > places.length) {
        const place = (places.at(-1) ?? value.size - 1) + 1;
        result = result.insert(place, part.last());
        this.setState({ places: [...places, place] });
      } else {
        const place = places.find((one, index) => value.get(one) !== part.get(index));
        result = result.delete(place);
        this.setState({ places: places.filter((one) => one !== place).map((one) => (one > place ? one - 1 : one)) });
      }
      onChange(result, metadata);
    };

    render() {
      const { value } = this.props;
      if (!this.isLong) return h(List, { ...this.props, ref: this.setInner });
      const { words, from, round, places } = this.state;
      const number = this.found(words).length;
      const part = value.constructor(places.map((place) => value.get(place)));
      const button = (label, to, isPossible) =>
        h("button", { type: "button", disabled: !isPossible, onClick: () => this.show(words, to) }, label);
      return h(
        "div",
        {},
        h(
          "div",
          { className: "gb-edit-portions" },
          h("label", {}, `${t("search")} `, h("input", { type: "search", value: words, onChange: (event) => this.show(event.target.value, 0) })),
          button(t("earlier"), from - PORTION, from > 0),
          h("span", { role: "status" }, places.length ? t("portion", { from: from + 1, to: from + places.length, all: number }) : t("not_found")),
          button(t("later"), from + PORTION, from + PORTION < number),
        ),
        h(List, { ...this.props, key: round, ref: this.setInner, value: part, onChange: this.change }),
      );
    }
  };
}
