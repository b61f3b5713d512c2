"""The pictures of the poses in the docs are of the poses as they are."""

import make_pose_pictures


def test_the_pictures_of_the_docs_are_those_of_the_library() -> None:
    made = make_pose_pictures.pictures()
    kept = {path.name: path.read_text("utf-8") for path in make_pose_pictures.FOLDER.glob("*.svg")}
    assert kept == made, "make them anew: python tools/make_pose_pictures.py"
    assert make_pose_pictures.PAGE.read_text("utf-8") == make_pose_pictures.page()
