//! The names of files that say which packages a repository needs.

/// Lockfiles: the exact version of every package.
const LOCKFILES: &str = "bun.lock bun.lockb Cargo.lock composer.lock deno.lock flake.lock Gemfile.lock go.sum \
    gradle.lockfile mix.lock npm-shrinkwrap.json package-lock.json Package.resolved packages.lock.json pdm.lock \
    Pipfile.lock pixi.lock pnpm-lock.yaml Podfile.lock poetry.lock pubspec.lock uv.lock yarn.lock";

/// Dependency lists, which people write.
const DEPENDENCY_LISTS: &str = "Brewfile build.gradle build.gradle.kts Cargo.toml composer.json conanfile.py \
    conanfile.txt deno.json Directory.Packages.props environment.yml flake.nix Gemfile go.mod libs.versions.toml \
    mix.exs package.json Package.swift Pipfile pixi.toml Podfile pom.xml pubspec.yaml pyproject.toml \
    requirements.txt requirements-dev.txt setup.cfg setup.py vcpkg.json";

/// Whether this is the name of a lockfile, in any case.
pub fn is_lockfile(name: &str) -> bool {
    is_in(name, LOCKFILES)
}

/// Whether this is the name of a dependency list, in any case.
pub fn is_dependency_list(name: &str) -> bool {
    is_in(name, DEPENDENCY_LISTS)
}

/// The names of all dependency lists and lockfiles: what installing a package rewrites.
pub fn names() -> impl Iterator<Item = &'static str> {
    DEPENDENCY_LISTS.split_ascii_whitespace().chain(LOCKFILES.split_ascii_whitespace())
}

fn is_in(name: &str, names: &str) -> bool {
    names.split_ascii_whitespace().any(|known| known.eq_ignore_ascii_case(name))
}
