

def test_a_single_column_is_no_table():
    with pytest.raises(TypeError, match=r"got a Series: pass a table .* texts.to_frame\('text'\)"):
        fr.score(pd.Series(["Talks may fail."]))
